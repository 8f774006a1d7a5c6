import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { progressLines } from "../../scripts/cli/output.ts";
import { ownMachine } from "../../scripts/client/own-machine.ts";
import { API_KEY, json, startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(env: NodeJS.ProcessEnv = {}) {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url, apiKey: API_KEY, env });
  cleanups.push(server.stop, home.remove);
  return { server, home };
}

test("whoami tells server, key and scopes; logout forgets the saved key and keeps the server", async () => {
  const { server, home } = await setUp({ SLIPWAY_API_KEY: "" });
  await home.run(["login"], API_KEY);
  const me = await home.run(["whoami"]);
  expect(me).toMatchObject({ code: 0, stdout: expect.stringContaining("packages:write") });
  expect(me.stdout).toContain(server.url);
  expect((await home.run(["logout"])).stdout).toContain("is no longer in");
  const saved = await readFile(home.path("config", "slipway", "config.json"), "utf8");
  expect(JSON.parse(saved)).toEqual({ url: server.url });
  expect((await home.run(["whoami"])).code).toBe(3);
  expect((await home.run(["logout"])).stdout).toContain("There is no API key");
});

test("keys are made, listed and revoked; a new one stands alone on standard output", async () => {
  const { server, home } = await setUp();
  const made = await home.run([
    "keys",
    "create",
    "ci",
    "--scope",
    "packages:read",
    "--expires",
    "2030-01-31",
  ]);
  expect(made).toMatchObject({ code: 0, stdout: "slw_abcdef_the_rest\n" });
  expect(server.keys.get("key_1")).toMatchObject({
    name: "ci",
    scopes: ["packages:read"],
    expires_at: "2030-01-31T00:00:00.000Z",
  });
  expect((await home.run(["keys", "list"])).stdout).toMatch(
    /\nkey_1 +ci +slw_abcdef\.\.\. .*packages:read\n/,
  );
  expect((await home.run(["keys", "revoke", "key_1"])).stdout).toContain("key_1");
  expect(server.keys.size).toBe(0);
  expect((await home.run(["keys", "revoke", "key_1"])).code).toBe(4);
  expect((await home.run(["keys", "create", "ci", "--expires", "soon"])).code).toBe(2);
});

test("where nothing says it, check, download and publish are about this machine", async () => {
  const { server, home } = await setUp();
  const asked: URL[] = [];
  server.control.before = (_request, _response, url) => {
    asked.push(url);
    return false;
  };
  const published = await home.run(["publish", "-", "--version", "1.0.0", "--name", "app.zip"], "bytes");
  const { platform = "windows", arch = "x64" } = ownMachine;
  expect(published.stdout).toContain(`Published app.zip as full 1.0.0 for ${platform} ${arch}: package 1`);
  expect([...server.packages.values()][0]).toMatchObject({ name: "app.zip", bytes: Buffer.from("bytes") });
  await home.run(["check", "--current", "0.9.0"]);
  await home.run(["download", "--version", "1.0.0"]);
  const questions = asked.filter(({ pathname }) => /check$|packages$/.test(pathname));
  expect(questions.map(({ searchParams: sent }) => [sent.get("platform"), sent.get("arch")])).toEqual([
    [platform, arch],
    [platform, arch],
  ]);
  expect(await readFile(home.path("app.zip"), "utf8")).toBe("bytes");
  await home.run(["packages", "list", "--arch", "arm64"]);
  expect(asked.at(-1)?.search).toContain("platform=all&arch=arm64");
});

test("release notes come from a flag or a file", async () => {
  const { server, home } = await setUp();
  await writeFile(home.path("notes.md"), "# Faster\n");
  const args = ["publish", "-", "--version", "1.0.0", "--notes-file", "notes.md"];
  expect((await home.run(args, "bytes")).code).toBe(0);
  expect([...server.packages.values()][0]?.fields).toMatchObject({ notes: "# Faster\n" });
  expect((await home.run([...args, "--notes", "slower"], "bytes")).code).toBe(2);
});

test("--verbose tells of every exchange without secrets", async () => {
  const { server, home } = await setUp();
  const { stdout, stderr } = await home.run(["whoami", "--verbose", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ id: "key_1" });
  expect(stderr).toMatch(new RegExp(`^GET ${server.url}/api/v1/api-keys/current: 200, \\d+ ms\n$`));
  const published = await home.run(["publish", "-", "--version", "1.0.0", "--verbose"], "bytes");
  expect(published.stderr).toContain("/bucket/");
  expect(published.stderr).not.toMatch(/X-Amz|sk_test/);
});

test("a reader that goes away ends the command quietly", async () => {
  const { home } = await setUp();
  const { child, done } = home.start(["--help"]);
  child.stdout.destroy();
  expect(await done).toMatchObject({ code: 0, stderr: "" });
});

test("HTTP_PROXY leads to other servers, NO_PROXY and this machine's own go without", async () => {
  const through: string[] = [];
  const proxy = createServer((request, response) => {
    through.push(`${request.method} ${request.url}`);
    json(response, 200, { id: "key_9", scopes: [] });
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  cleanups.push(
    async () => proxy.closeAllConnections(),
    async () => proxy.close(),
  );
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { home } = await setUp({ HTTP_PROXY: address });
  const away = await home.run(["whoami", "--url", "http://updates.test"]);
  expect(away.stdout).toContain("key_9");
  expect((await home.run(["whoami"])).stdout).toContain("key_1");
  expect(through).toEqual(["GET http://updates.test/api/v1/api-keys/current"]);
  const { home: other } = await setUp({ HTTP_PROXY: address, NO_PROXY: "updates.test" });
  expect((await other.run(["whoami", "--url", "http://updates.test"])).code).toBe(7);
  expect(through).toHaveLength(1);
});

test("without a terminal progress is a line now and then", () => {
  vi.useFakeTimers();
  const lines: string[] = [];
  const phase = progressLines((line) => lines.push(line), "Uploading", 1000 * 1024, 0);
  for (let second = 0; second < 30; second++) {
    vi.advanceTimersByTime(1000);
    phase.add(1024);
  }
  expect(lines).toEqual([
    "Uploading: 1 %, 10.0 KiB of 1000.0 KiB, 1.0 KiB/s",
    "Uploading: 2 %, 20.0 KiB of 1000.0 KiB, 1.0 KiB/s",
    "Uploading: 3 %, 30.0 KiB of 1000.0 KiB, 1.0 KiB/s",
  ]);
  vi.advanceTimersByTime(1000);
  phase.set(500 * 1024);
  expect(lines.at(-1)).toContain("Uploading: 50 %, 500.0 KiB of 1000.0 KiB");
});

test("bash completes commands, their commands and flags by the script that is printed", async () => {
  const { home } = await setUp();
  const script = (await home.run(["completion", "bash"])).stdout;
  const complete = async (...words: string[]) => {
    const line = `COMP_WORDS=(slipway ${words.join(" ")}); COMP_CWORD=${words.length}; _slipway; echo "\${COMPREPLY[@]}"`;
    const shell = spawn("bash", ["-c", `${script}\n${line}`]);
    const [out] = (await once(shell.stdout.setEncoding("utf8"), "data")) as [string];
    return out.trim();
  };
  expect(await complete("pub")).toBe("publish");
  expect(await complete("packages", "li")).toBe("list");
  expect(await complete("packages", "list", "--pl")).toBe("--platform");
  expect(await complete("publish", "--not")).toBe("--notes --notes-file");
  for (const shell of ["zsh", "fish"])
    expect((await home.run(["completion", shell])).stdout).toContain("notes-file");
  expect((await home.run(["completion", "tcsh"])).code).toBe(2);
});
