import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "../../scripts/process/processes.ts";
import { agentFolder, startAgent } from "./agent-process.ts";
import { startFakeServer, TOKEN, type FakeServer } from "./fake-server.ts";

/** Sums the numbers of its config, saying how far it is. */
const SUM = `
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { numbers } = JSON.parse(text);
console.log("summing", process.env.SLIPWAY_TASK_ID, process.env.SLIPWAY_AGENT_TOKEN ?? "no token");
console.log(JSON.stringify({ progress: 50, message: "half" }));
console.error("a warning");
console.log(JSON.stringify({ result: { sum: numbers.reduce((a, b) => a + b, 0) } }));
`;
/** Writes its process id into the file that its config names, then runs until the other file is there. */
const HANG = `
import { appendFileSync, existsSync } from "node:fs";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const { pids, release } = JSON.parse(text);
appendFileSync(pids, process.pid + "\\n");
setInterval(() => { if (existsSync(release)) process.exit(0); }, 20);
`;
const FAIL = `console.error("first"); console.error("out of memory"); process.exit(3);`;

const node = (code: string) => ({ run: [process.execPath, "--input-type=module", "--eval", code] });
const commands = {
  sum: node(SUM),
  hang: node(HANG),
  fail: node(FAIL),
  missing: { run: ["no-such-program-here"] },
};

let server: FakeServer;
let home: Awaited<ReturnType<typeof agentFolder>>;
let running: ReturnType<typeof startAgent>[] = [];

beforeEach(async () => {
  server = await startFakeServer();
  home = await agentFolder(commands, { max_concurrent_tasks: 2 });
});
afterEach(async () => {
  await Promise.all(running.map((agent) => agent.end("SIGTERM")));
  running = [];
  await server.stop();
  await home.remove();
});

function start(args: string[] = []) {
  const agent = startAgent(home.folder, ["--server", server.url, ...args], { SLIPWAY_AGENT_TOKEN: TOKEN });
  running.push(agent);
  return agent;
}

const task = (task_id: string, task_type: string, config: unknown = {}, attempt = 1) => ({
  task_id,
  attempt,
  task_type,
  config,
  timeout_seconds: 60,
  lease_seconds: 300,
  callback_url: "http://192.0.2.1/never-called",
});
const hanging = (name: string) => ({
  pids: join(home.folder, `${name}.pids`),
  release: join(home.folder, `${name}.release`),
});
const pidsIn = (path: string) =>
  // A line that is not whole yet is none.
  existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1).map(Number) : [];
const finalOf = (name: string, attempt = 1) =>
  server.eventsOf(name, attempt).find(({ type }) => type === "completed" || type === "failed");
const leftFolders = () => readdir(join(home.folder, "work", "tasks"));

/** Looks again until it holds: for what the agent does without telling anybody. */
async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Each of these starts processes, on machines that may be busy. */
const PATIENCE = { timeout: 30_000 };

describe("a pulling agent", PATIENCE, () => {
  test("runs the command of the task's type and reports progress, lines and result", async () => {
    server.assign(task("tsk_sum", "sum", { numbers: [1, 2, 39] }));
    const agent = start();
    await server.until(() => finalOf("tsk_sum") !== undefined);
    const events = server.eventsOf("tsk_sum", 1);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "log", level: "INFO", message: "summing tsk_sum no token" }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: "log", level: "WARNING", message: "a warning" }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: "progress", progress: 50, message: "half" }),
    );
    expect(finalOf("tsk_sum")).toMatchObject({ type: "completed", result: { sum: 42 } });
    await agent.line(/task reported task=tsk_sum/);
    expect(agent.lines.join("\n")).not.toContain(TOKEN);
    await eventually(async () => (await leftFolders()).length === 0);
  });

  test("says why a task failed", async () => {
    server.assign(task("tsk_fail", "fail"));
    server.assign(task("tsk_missing", "missing"));
    server.assign(task("tsk_unknown", "constructor"));
    server.assign({ ...task("tsk_slow", "hang", hanging("slow")), timeout_seconds: 1 });
    start();
    const names = ["tsk_fail", "tsk_missing", "tsk_unknown", "tsk_slow"];
    await server.until(() => names.every((name) => finalOf(name) !== undefined));
    expect(names.map((name) => finalOf(name)?.error)).toEqual([
      "exit code 3\nfirst\nout of memory",
      "the command cannot be started: ENOENT",
      "this agent has no command for constructor: add one to its config",
      "timed out after 1 seconds",
    ]);
    await eventually(() => pidsIn(hanging("slow").pids).every((pid) => !isAlive(pid)));
  });

  test("asks for as many tasks as it has places", async () => {
    const files = hanging("busy");
    for (const name of ["tsk_a", "tsk_b", "tsk_c"]) server.assign(task(name, "hang", files));
    start();
    await server.until(() => server.heartbeats.some(({ running_tasks }) => running_tasks.length === 2));
    expect(server.heartbeats.at(-1)?.want).toBe(0);
    expect(Array.isArray(server.heartbeats.at(-1)?.gpus)).toBe(true);
    await writeFile(files.release, "");
    await server.until(() =>
      ["tsk_a", "tsk_b", "tsk_c"].every((name) => finalOf(name)?.type === "completed"),
    );
  });

  test("keeps a result while the server is away", async () => {
    const files = hanging("away");
    server.assign(task("tsk_away", "hang", files));
    const agent = start();
    await eventually(() => pidsIn(files.pids).length === 1);
    server.setUp(false);
    await writeFile(files.release, "");
    await agent.line(/task completed task=tsk_away/);
    expect(finalOf("tsk_away")).toBeUndefined();
    server.setUp(true);
    await server.until(() => finalOf("tsk_away")?.type === "completed");
  });

  test("sends a result that it could not send before it was killed", async () => {
    const files = hanging("killed");
    server.assign(task("tsk_killed", "hang", files));
    const first = start();
    await eventually(() => pidsIn(files.pids).length === 1);
    server.setUp(false);
    await writeFile(files.release, "");
    await first.line(/task completed task=tsk_killed/);
    await first.end("SIGKILL");
    server.setUp(true);
    start();
    await server.until(() => finalOf("tsk_killed")?.type === "completed");
    expect(pidsIn(files.pids), "the command ran once").toHaveLength(1);
  });

  test("killed in the middle, it ends what was left running and starts the command again", async () => {
    const files = hanging("crash");
    server.assign(task("tsk_crash", "hang", files));
    const first = start();
    await eventually(() => pidsIn(files.pids).length === 1);
    await first.end("SIGKILL");
    const [leftover = 0] = pidsIn(files.pids);
    expect(isAlive(leftover)).toBe(true);
    start();
    await eventually(() => pidsIn(files.pids).length === 2);
    expect(isAlive(leftover)).toBe(false);
    await writeFile(files.release, "");
    await server.until(() => finalOf("tsk_crash")?.type === "completed");
  });

  test("a stop ends the commands and keeps the task for the next start", async () => {
    const files = hanging("stopped");
    server.assign(task("tsk_stopped", "hang", files));
    const first = start();
    await eventually(() => pidsIn(files.pids).length === 1);
    const [code] = await first.end("SIGTERM");
    expect(code).toBe(0);
    expect(pidsIn(files.pids).some(isAlive)).toBe(false);
    expect(finalOf("tsk_stopped")).toBeUndefined();
    start();
    await eventually(() => pidsIn(files.pids).length === 2);
  });

  test("stops what the server cancels, and reports nothing more of it", async () => {
    const files = hanging("cancelled");
    server.assign(task("tsk_cancelled", "hang", files));
    start();
    await eventually(() => pidsIn(files.pids).length === 1);
    server.cancel("tsk_cancelled", 1);
    await eventually(() => pidsIn(files.pids).every((pid) => !isAlive(pid)));
    await server.until(() => server.heartbeats.at(-1)?.running_tasks.length === 0);
    expect(finalOf("tsk_cancelled")).toBeUndefined();
  });

  test("stops an attempt that has become stale", async () => {
    server.stale.add("tsk_stale.1");
    const files = hanging("stale");
    const chatty = {
      run: [process.execPath, "--input-type=module", "--eval", `console.log("line");${HANG}`],
    };
    await home.remove();
    home = await agentFolder({ chatty });
    server.assign(task("tsk_stale", "chatty", files));
    const agent = start();
    await agent.line(/task is stale task=tsk_stale/);
    expect(pidsIn(files.pids).every((pid) => !isAlive(pid))).toBe(true);
  });

  test("never runs two attempts of a task: the newer one waits for the older one's end", async () => {
    const files = hanging("attempts");
    server.assign(task("tsk_twice", "hang", files, 1));
    start();
    await eventually(() => pidsIn(files.pids).length === 1);
    const [first = 0] = pidsIn(files.pids);
    server.assign(task("tsk_twice", "hang", files, 2));
    await eventually(() => pidsIn(files.pids).length === 2);
    expect(isAlive(first)).toBe(false);
    server.assign(task("tsk_twice", "hang", files, 1));
    await writeFile(files.release, "");
    await server.until(() => finalOf("tsk_twice", 2)?.type === "completed");
    expect(finalOf("tsk_twice", 1)).toBeUndefined();
    expect(pidsIn(files.pids)).toHaveLength(2);
  });
});

describe("a listening agent", PATIENCE, () => {
  async function listening() {
    const agent = start(["--listen", "0", "--host", "127.0.0.1"]);
    const port = /port=(\d+)/.exec(await agent.line(/ listening /))?.[1];
    return (method: string, path: string, body?: unknown, token = TOKEN) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
  }

  test("answers its status to its own server alone", async () => {
    const call = await listening();
    expect((await call("GET", "/status", undefined, "wrong")).status).toBe(401);
    const status = await call("GET", "/status");
    expect(await status.json()).toMatchObject({
      cpu_usage: expect.any(Number),
      total_memory: expect.any(Number),
      gpus: expect.any(Array),
      running_tasks: [],
      max_concurrent_tasks: 2,
    });
    expect((await call("POST", "/elsewhere", {})).status).toBe(404);
  });

  test("takes a task once, no more than it has places, and cancels", async () => {
    const call = await listening();
    const files = hanging("pushed");
    const push = async (body: unknown) => (await call("POST", "/tasks", body)).status;
    expect(await push(task("tsk_one", "hang", files))).toBe(202);
    expect(await push(task("tsk_one", "hang", files))).toBe(409);
    expect(await push(task("tsk_two", "hang", files))).toBe(202);
    expect(await push(task("tsk_three", "hang", files))).toBe(429);
    expect(await push({ task_id: "../../etc", attempt: 1 })).toBe(422);
    await eventually(() => pidsIn(files.pids).length === 2);
    expect((await call("POST", "/tasks/tsk_one/cancel", { attempt: 1 })).status).toBe(200);
    await eventually(() => pidsIn(files.pids).filter(isAlive).length === 1);
    await writeFile(files.release, "");
    await server.until(() => finalOf("tsk_two")?.type === "completed");
    expect(finalOf("tsk_one")).toBeUndefined();
  });
});

describe("what cannot start", PATIENCE, () => {
  test.each([
    ["--server", [], { SLIPWAY_AGENT_TOKEN: TOKEN }],
    ["--token", ["--server", "http://127.0.0.1:1"], {}],
    ["--config", ["--server", "http://127.0.0.1:1", "--token", "t", "--config", "absent.json"], {}],
    ["--listen", ["--server", "http://127.0.0.1:1", "--token", "t", "--listen", "70000"], {}],
  ])("is said in a line that names %s", async (name, args, env) => {
    const agent = startAgent(home.folder, args, env);
    const [code] = await agent.exited;
    expect(code).toBe(1);
    expect(agent.lines[0]).toMatch(new RegExp(`^${name}: `));
  });

  test("commands: which, and why; the others are offered", async () => {
    await home.remove();
    home = await agentFolder({});
    const file = (name: string, text: string, mode = 0o755) => {
      writeFileSync(join(home.folder, name), text, { mode });
      return { run: [join(home.folder, name)] };
    };
    const broken = {
      absent: { run: ["no-such-program-here"] },
      gone: { run: ["/no/such/program"] },
      folder: { run: ["/usr"] },
      plain: file("plain", "#!/bin/sh\n", 0o644),
      script: file("script", "#!/no/such/interpreter -x\n"),
      windows: file("windows", "#!/bin/sh\r\n"),
      beside: { run: ["./script"] },
      elsewhere: { run: ["sh"], cwd: "/no/such/folder" },
      otherPath: { run: ["sh"], env: { PATH: home.folder } },
    };
    const good = {
      found: { run: ["sh", "-c", "true"] },
      full: { run: [process.execPath] },
      own: file("own", "#!/bin/sh\n"),
      within: { run: ["./own"], cwd: home.folder },
      ownPath: { run: ["own"], env: { PATH: `/nowhere:${home.folder}` } },
    };
    const configure = (all: object) =>
      writeFile(
        join(home.folder, "slipway-agent.json"),
        JSON.stringify({ commands: all, work_dir: join(home.folder, "work") }),
      );
    await configure({ ...broken, ...good });
    const agent = start();
    await server.until(() => server.heartbeats.length > 0);
    expect(server.heartbeats[0]?.task_types).toEqual(Object.keys(good));
    const said = agent.lines.flatMap(
      (line) => / error command cannot be started.* type=(\w+) why=(.*)/.exec(line) ?? [],
    );
    expect(said.filter((_, index) => index % 3 === 1)).toEqual(Object.keys(broken));
    const reasons = [
      /no-such-program-here is not in PATH; install it/,
      /\/no\/such\/program is not there/,
      /\/usr is a folder/,
      /plain may not be executed by this user/,
      /script wants to be run by \/no\/such\/interpreter, which is not there/,
      /windows wants to be run by \/bin\/sh\\r, which is not there/,
      /\.\/script would be looked for in the task's own folder; name it by its full path/,
      /its cwd \/no\/such\/folder is no folder/,
      /sh is not in PATH/,
    ];
    for (const [index, reason] of reasons.entries()) expect(said[3 * index + 2]).toMatch(reason);

    await agent.end("SIGTERM");
    for (const [all, line] of [
      [broken, /^commands: none of them can be started; .*absent: no-such-program-here is not in PATH/],
      [{}, /^commands: the config file names none/],
    ] as const) {
      await configure(all);
      const useless = startAgent(home.folder, ["--server", server.url, "--token", TOKEN]);
      expect((await useless.exited)[0]).toBe(1);
      expect(useless.lines[0]).toMatch(line);
    }
  });

  test.each([
    ["a pulling agent", []],
    ["a listening agent", ["--listen", "0", "--host", "127.0.0.1"]],
  ])("%s whose token the server does not know, also where the server was away first", async (_kind, args) => {
    server.setUp(false);
    const agent = startAgent(home.folder, ["--server", server.url, "--token", "gpa_other", ...args]);
    await agent.line(/server not reached/);
    server.setUp(true);
    expect((await agent.exited)[0]).toBe(1);
    expect(agent.lines).toContainEqual(expect.stringMatching(/^--token: .* does not know this token; give/));
    expect(agent.lines.join("\n")).not.toContain("gpa_other");
    start();
    await server.until(() => server.heartbeats.length > 0);
  });

  test("a token that the server does not know keeps what an earlier start left, for one with the right one", async () => {
    const files = hanging("kept");
    server.assign(task("tsk_kept", "hang", files));
    const first = start();
    await eventually(() => pidsIn(files.pids).length === 1);
    server.setUp(false);
    await writeFile(files.release, "");
    await first.line(/task completed task=tsk_kept/);
    await first.end("SIGKILL");
    server.setUp(true);
    const wrong = startAgent(home.folder, ["--server", server.url, "--token", "gpa_other"]);
    expect((await wrong.exited)[0]).toBe(1);
    expect(finalOf("tsk_kept")).toBeUndefined();
    start();
    await server.until(() => finalOf("tsk_kept")?.type === "completed");
    expect(pidsIn(files.pids), "the command ran once").toHaveLength(1);
  });

  test("a second agent in the same folder", async () => {
    const agent = start();
    await agent.line(/server reached/);
    const second = startAgent(home.folder, ["--server", server.url, "--token", TOKEN]);
    expect((await second.exited)[0]).toBe(1);
    expect(second.lines[0]).toMatch(/^work_dir: .* is in use by process \d+; /);
  });
});
