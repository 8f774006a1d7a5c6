import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildAction } from "../../scripts/pack/action.ts";
import { buildCommandLine } from "../../scripts/pack/command-line.ts";
import { runAction } from "../support/action-runner.ts";
import { ownStack } from "../support/own-stack.ts";
import { emptyMachine, type Machine } from "../support/packed.ts";

const stack = ownStack({});

let built: string;
let action: string;
let job: Machine;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), "slipway-action-"));
  action = buildAction(await buildCommandLine(built));
});
afterAll(() => rm(built, { recursive: true, force: true }));
beforeEach(async () => {
  job = await emptyMachine();
});
afterEach(() => job.remove());

const run = (inputs: Record<string, string>, env: NodeJS.ProcessEnv = {}) =>
  runAction(action, inputs, { cwd: job.path(), env: { ...job.env, ...env } });

/** What others see of the log: a runner hides what it was told to mask. */
const shown = (log: string, secret: string) => log.replaceAll(`::add-mask::${secret}\n`, "");

test("a file becomes a package, its addresses outputs, and a row of the job's summary", async () => {
  const { url, apiKey } = stack();
  await writeFile(job.path("a|b.zip"), randomBytes(2 * 1024 * 1024));
  await writeFile(job.path("NOTES.md"), "# What is new\n");
  const done = await run({
    path: "a|b.zip",
    url: `${url}/`,
    "api-key": apiKey,
    version: "1.2.0",
    platform: "linux",
    arch: "arm64",
    channel: "beta",
    "notes-file": "NOTES.md",
    arguments: "--unstable\n--jobs=2\n",
  });
  expect(done.code, done.log).toBe(0);
  const [address] = JSON.parse(done.outputs["download-urls"] ?? "") as string[];
  const [id] = JSON.parse(done.outputs["package-ids"] ?? "") as number[];
  expect(done.outputs["version"]).toBe("1.2.0");
  expect((await fetch(address ?? "", { method: "HEAD" })).status).toBe(200);
  const listed = await stack().request<object[]>("/api/v1/packages?platform=linux&arch=arm64&channel=beta");
  expect(listed.body).toMatchObject([{ id, version: "1.2.0", channel: "beta" }]);
  expect(JSON.parse(done.outputs["packages"] ?? "")).toMatchObject([{ package_id: id, state: "ready" }]);
  expect(done.summary).toContain(`| a\\|b.zip | 1.2.0 | linux | arm64 | 2.0 MiB | [${id}](${address}) |`);
  expect(done.log).toContain(`::add-mask::${apiKey}\n`);
  expect(shown(done.log, apiKey) + done.summary + JSON.stringify(done.outputs)).not.toContain(apiKey);
});

test("a folder becomes one release, with all its packages in outputs and summary; a draft stays held", async () => {
  const { url, apiKey } = stack();
  await mkdir(job.path("dist"));
  for (const target of ["linux-x64", "macos-arm64"])
    await writeFile(job.path("dist", `app-3.0.0-${target}.zip`), randomBytes(3000));
  await writeFile(job.path("CHANGELOG.md"), "## [3.0.0]\n\n- whole\n");
  const inputs = { path: "dist", url, "api-key": apiKey, software: "folder", changelog: "true" };
  const held = await run({ ...inputs, draft: "true" });
  expect(held.code, held.log).toBe(0);
  expect(held.outputs).toMatchObject({ version: "3.0.0", "package-ids": "[]" });
  expect(held.summary).toContain("held until its release is published");

  const done = await run(inputs);
  expect(done.code, done.log).toBe(0);
  const addresses = JSON.parse(done.outputs["download-urls"] ?? "") as string[];
  expect(addresses).toHaveLength(2);
  for (const address of addresses) expect((await fetch(address, { method: "HEAD" })).status).toBe(200);
  const path = "/api/v1/releases/folder/3.0.0";
  expect((await stack().request(path, { asPublisher: true })).body).toMatchObject({ notes: "- whole" });
});

test("server and key may be variables of the job", async () => {
  const { url, apiKey } = stack();
  await writeFile(job.path("app-v1.0.0-full-windows-x64.zip"), "hello");
  const variables = { SLIPWAY_URL: url, SLIPWAY_API_KEY: apiKey };
  const done = await run({ path: "app-v1.0.0-full-windows-x64.zip" }, variables);
  expect(done.code, done.log).toBe(0);
  expect(done.outputs["version"]).toBe("1.0.0");
});

test("what fails is an annotation that says what to do, with the command line's exit code", async () => {
  const { url, apiKey } = stack();
  await writeFile(job.path("build.zip"), "hello");
  const wrong = await run({ path: "build.zip", url, "api-key": "slw_wrong_wrong_wrong", version: "2.0.0" });
  expect(wrong.code).toBe(3);
  expect(wrong.log).toMatch(/^::error::.*Check the API key/m);
  expect(wrong.summary).toContain("Nothing was published");
  expect(wrong.outputs["package-ids"]).toBe("[]");
  expect(shown(wrong.log, "slw_wrong_wrong_wrong")).not.toContain("slw_wrong_wrong_wrong");

  expect(await run({ path: "build.zip", "api-key": apiKey })).toMatchObject({
    code: 1,
    log: expect.stringContaining("::error::Say which server") as string,
  });
  expect(await run({ path: "build.zip", url })).toMatchObject({
    code: 1,
    log: expect.stringContaining("::error::A key is needed") as string,
  });
});

test("no input can bring commands or flags along", async () => {
  const { url, apiKey } = stack();
  const done = await run({ path: "--json", url, "api-key": apiKey, version: '1.0.0"; touch "$HOME/broken' });
  expect(done.code).not.toBe(0);
  expect((await job.run("ls", [])).stdout).not.toContain("broken");
});
