import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "../../scripts/process/processes.ts";
import { agentFolder, startAgent } from "./agent-process.ts";
import { startFakeServer, TOKEN, type FakeServer } from "./fake-server.ts";

const node = (code: string) => ({ run: [process.execPath, "--input-type=module", "--eval", code] });
const commands = {
  /** Many lines, and one that has no end. */
  noise: node(`
    for (let i = 0; i < 12_000; i++) console.log("line", i);
    process.stdout.write("x".repeat(20_000_000) + "\\n");
    console.log("last");`),
  /** Leaves a process in a session of its own that holds its output open. */
  daemon: node(`
    import { spawn } from "node:child_process";
    import { writeFileSync } from "node:fs";
    const args = ["--eval", "setInterval(() => {}, 1000)"];
    const { pid } = spawn(process.execPath, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });
    writeFileSync(process.env.HOME + "/daemon.pid", String(pid));
    process.exit(0);`),
  /** Has to be killed. */
  deaf: node(`
    import { writeFileSync } from "node:fs";
    process.on("SIGTERM", () => console.log("no"));
    writeFileSync(process.env.HOME + "/deaf.pid", String(process.pid));
    setInterval(() => {}, 1000);`),
  /** Its shell ends at once; what it runs takes its time, as it may. */
  slow: {
    run: [
      "sh",
      "-c",
      `"${process.execPath}" --eval 'process.on("SIGTERM", () => setTimeout(() => { require("fs").writeFileSync(process.env.HOME + "/saved", ""); process.exit(0); }, 300)); require("fs").writeFileSync(process.env.HOME + "/slow.pid", String(process.pid)); setInterval(() => {}, 1000)'; true`,
    ],
  },
  large: node(`console.log(JSON.stringify({ result: { text: "x".repeat(70_000) } }));`),
  broken: node(`console.log('{"result": 1e');`),
  files: node(`
    import { readdirSync } from "node:fs";
    console.log(JSON.stringify({ result: { names: readdirSync(process.env.SLIPWAY_INPUT_DIR) } }));`),
};

let server: FakeServer;
let home: Awaited<ReturnType<typeof agentFolder>>;
let running: ReturnType<typeof startAgent>[] = [];

beforeEach(async () => {
  server = await startFakeServer();
  home = await agentFolder(commands, { max_concurrent_tasks: 8 });
});
afterEach(async () => {
  await Promise.all(running.map((agent) => agent.end("SIGKILL")));
  running = [];
  await server.stop();
  await home.remove();
});

function start(args: string[] = []) {
  const agent = startAgent(home.folder, ["--server", server.url, ...args], { SLIPWAY_AGENT_TOKEN: TOKEN });
  running.push(agent);
  return agent;
}
const task = (task_id: string, task_type: string, more: object = {}) => ({
  task_id,
  attempt: 1,
  task_type,
  config: {},
  timeout_seconds: 60,
  lease_seconds: 300,
  ...more,
});
const finalOf = (name: string) =>
  server.eventsOf(name, 1).find(({ type }) => type === "completed" || type === "failed");
const at = (name: string) => join(home.folder, name);
const pidIn = (name: string) => Number(readFileSync(at(name), "utf8"));
async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const PATIENCE = { timeout: 60_000 };

test("commands that misbehave: each has its end, and leaves nothing running", PATIENCE, async () => {
  for (const name of ["daemon", "deaf", "slow", "large", "broken"]) server.assign(task(name, name));
  start();
  await eventually(() => existsSync(at("deaf.pid")) && existsSync(at("slow.pid")));
  server.cancel("deaf", 1);
  server.cancel("slow", 1);
  await server.until(() => ["daemon", "large", "broken"].every((name) => finalOf(name) !== undefined));
  expect(finalOf("daemon")?.type).toBe("completed");
  expect(finalOf("large")?.error).toBe(
    "the result is larger than 64 KiB: write it to an output file instead",
  );
  expect(finalOf("broken")?.error).toBe("the command's result is not a JSON object, or is too long");
  await eventually(() => !isAlive(pidIn("daemon.pid")));
  await eventually(() => existsSync(at("saved")) && !isAlive(pidIn("slow.pid")));
  await eventually(() => !isAlive(pidIn("deaf.pid")));
  await eventually(async () => (await readdir(at("work/tasks"))).length === 0);
});

test(
  "of a flood of lines the first and the last are kept, and what is missing is said",
  PATIENCE,
  async () => {
    server.assign(task("flood", "noise"));
    start();
    await server.until(() => finalOf("flood")?.type === "completed");
    const lines = server.eventsOf("flood", 1).flatMap(({ message }) => message ?? []);
    expect(lines.slice(0, 2)).toEqual(["line 0", "line 1"]);
    expect(lines[10_000]).toBe("1902 lines are left out here");
    expect(lines.slice(-3).map((line) => line.slice(0, 10))).toEqual(["line 11999", "xxxxxxxxxx", "last"]);
    expect(lines).toHaveLength(10_101);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(2000);
    const [, kept = "", missing] = /^(x+)… \(\+(\d+) characters\)$/.exec(lines.at(-2) ?? "") ?? [];
    expect(kept.length + Number(missing)).toBe(20_000_000);
  },
);

test(
  "inputs: what arrives wrong, twice or not at all fails the task in so many words",
  PATIENCE,
  async () => {
    server.inputs.set("good", "bytes");
    const sha256 = createHash("sha256").update("bytes").digest("hex");
    const input = (file_name: string, more: object = {}) => ({
      file_name,
      size: 5,
      sha256,
      url: `${server.url}/inputs/good`,
      ...more,
    });
    const inputs = {
      good: [input("-a b.bin"), input("ü")],
      other: [input("x", { sha256: "0".repeat(64) })],
      absent: [input("x", { url: `${server.url}/inputs/none` })],
      twice: [input("x"), input("x")],
    };
    for (const [name, files] of Object.entries(inputs)) server.assign(task(name, "files", { inputs: files }));
    start();
    await server.until(() => Object.keys(inputs).every((name) => finalOf(name) !== undefined));
    expect(finalOf("good")?.result).toEqual({ names: ["-a b.bin", "ü"] });
    expect(finalOf("other")?.error).toBe("input x: its SHA-256 does not match");
    expect(finalOf("absent")?.error).toBe("input x: the bucket answered 401");
    expect(finalOf("twice")?.error).toBe("two inputs are named x");
  },
);

test("a folder that takes no files: no task is taken until it does again", PATIENCE, async () => {
  const agent = start(["--listen", "0", "--host", "127.0.0.1"]);
  const port = Number(/port=(\d+)/.exec(await agent.line(/ listening /))?.[1]);
  const push = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/tasks`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify(task("late", "files")),
    });
    return answer.status;
  };
  await agent.line(/server reached/);
  await rename(at("work/tasks"), at("work/moved"));
  await writeFile(at("work/tasks"), "");
  expect(await push()).toBe(429);
  await agent.line(/error task not taken task=late attempt=1 why=/);
  await rm(at("work/tasks"));
  await rename(at("work/moved"), at("work/tasks"));
  expect(await push()).toBe(202);
  await server.until(() => finalOf("late")?.type === "completed");
});

test("a work_dir that cannot be made is said in one line", PATIENCE, async () => {
  await writeFile(at("work"), "");
  const agent = start();
  expect((await agent.exited)[0]).toBe(1);
  expect(agent.lines[0]).toMatch(/^work_dir: .* cannot be written \(E[A-Z]+\); /);
});

test("garbage, endless and unfinished calls on its port are no trouble", PATIENCE, async () => {
  const agent = start(["--listen", "0", "--host", "127.0.0.1"]);
  const port = Number(/port=(\d+)/.exec(await agent.line(/ listening /))?.[1]);
  const knock = (text: string) =>
    new Promise<string>((resolve) => {
      let said = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      socket.on("data", (chunk) => (said += chunk.toString()));
      socket.on("error", () => undefined).on("close", () => resolve(said.split("\r\n")[0] ?? ""));
    });
  const head = (line: string, more = "") =>
    `${line} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${TOKEN}\r\n${more}\r\n`;
  const long = `content-length: ${2 ** 30}\r\n`;
  const close = "connection: close\r\n";
  const answers = await Promise.all([
    knock("\0\x01\x02 garbage\r\n\r\n"),
    knock(`GET /${"x".repeat(100_000)} HTTP/1.1\r\n\r\n`),
    knock(`POST /tasks HTTP/1.1\r\nhost: a\r\n${long}\r\n${"x".repeat(100_000)}`),
    knock(head("POST /tasks", long) + "x".repeat(2_000_000)),
    knock(head("POST /tasks", long)),
    knock(head("POST //[", close)),
    knock(head("GET http://elsewhere/status", close)),
    knock(head("POST /tasks/..%2f..%2fx/cancel", close)),
    knock(head("POST /tasks", `content-length: 4\r\n${close}`) + "null"),
    knock(head("POST /tasks/x/cancel", `content-length: 4\r\n${close}`) + "null"),
  ]);
  expect(answers.map((line) => line.replace(/^HTTP\/1\.1 (\d+).*/, "$1"))).toEqual([
    "400",
    "431",
    "401",
    "413",
    "408",
    "404",
    "404",
    "404",
    "422",
    "422",
  ]);
  const status = await fetch(`http://127.0.0.1:${port}/status`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(status.status).toBe(200);
  expect(agent.lines.filter((line) => line.includes(" error "))).toEqual([]);
  expect(agent.lines.filter((line) => line.includes("wrong token"))).toHaveLength(1);
});
