import { randomBytes } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { API_KEY, fault, json, startFakeServer } from "./fake-server.ts";
import type { FakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";
import type { Home } from "./run-cli.ts";

const NAME = "app-v1.2.0-full-linux-x64.zip";
// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(options: Parameters<typeof startFakeServer>[0] = {}, apiKey = API_KEY) {
  const server = await startFakeServer(options);
  const home = await createHome({ url: server.url, apiKey });
  cleanups.push(server.stop, home.remove);
  const bytes = randomBytes(10_500);
  await writeFile(home.path(NAME), bytes);
  return { server, home, bytes };
}

const only = (server: FakeServer) => [...server.packages.values()][0];
const records = (home: Home) => readdir(home.path("state", "slipway", "uploads"));

test("publishes in parts what the name says it is, and leaves no state behind", async () => {
  const { server, home, bytes } = await setUp({ polls: 2 });
  const { code, stdout, stderr } = await home.run(["publish", NAME, "--notes", "faster", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    state: "ready",
    package_id: 1,
    version: "1.2.0",
    resumed: false,
  });
  const { bytes: stored, fields } = only(server) ?? {};
  expect(stored?.equals(bytes)).toBe(true);
  expect(fields).toMatchObject({
    software: "app",
    package_type: "full",
    platform: "linux",
    arch: "x64",
    notes: "faster",
  });
  expect(await records(home)).toEqual([]);
});

test("a small file goes by one PUT, and flags come before the name", async () => {
  const { server, home, bytes } = await setUp({ partSize: 1_000_000 });
  const args = ["publish", NAME, "--version", "2.0.0", "--type", "hotfix", "--unstable", "--critical"];
  args.push("--watershed", "--min-update-from", "1.5.0");
  const { code, stdout } = await home.run(args);
  expect(code).toBe(0);
  expect(stdout).toContain(
    "Published app-v1.2.0-full-linux-x64.zip as hotfix 2.0.0 for linux x64: package 1",
  );
  expect(only(server)?.bytes.equals(bytes)).toBe(true);
  expect(only(server)?.fields).toMatchObject({
    version: "2.0.0",
    is_stable: false,
    is_critical: true,
    is_watershed: true,
    min_update_from: "1.5.0",
  });
});

test("killed half-way, it resumes with the parts that are missing", async () => {
  const { server, home, bytes } = await setUp();
  const stuck = Promise.withResolvers<void>();
  server.control.before = (request) => {
    const held = request.method === "PUT" && partsThere(server) >= 6;
    if (held) stuck.resolve();
    return held;
  };
  const first = home.start(["publish", NAME, "--jobs", "1"]);
  await stuck.promise;
  first.child.kill("SIGKILL");
  await first.done;
  server.control.before = undefined;
  const sent = server.count("PUT");
  const { code, stdout, stderr } = await home.run(["publish", NAME, "--json"]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: "ready", resumed: true });
  expect(server.count("PUT") - sent).toBe(5);
  expect(server.count("POST /api/v1/uploads") - server.count("POST /api/v1/uploads/")).toBe(1);
  expect(only(server)?.bytes.equals(bytes)).toBe(true);
});

test("Ctrl-C ends it with a word on how to resume", async () => {
  const { server, home } = await setUp();
  const stuck = Promise.withResolvers<void>();
  server.control.before = (request) => {
    if (request.method === "PUT") stuck.resolve();
    return request.method === "PUT";
  };
  const { child, done } = home.start(["publish", NAME]);
  await stuck.promise;
  child.kill("SIGINT");
  const { code, stderr } = await done;
  expect(code).toBe(130);
  expect(stderr).toContain("Run the same command again to resume.");
});

test("a file that changed since the interruption is published anew, the old upload aborted", async () => {
  const { server, home } = await setUp();
  const stuck = Promise.withResolvers<void>();
  server.control.before = (request) => {
    if (request.method === "PUT") stuck.resolve();
    return request.method === "PUT";
  };
  const { child, done } = home.start(["publish", NAME]);
  await stuck.promise;
  child.kill("SIGKILL");
  await done;
  server.control.before = undefined;
  const changed = randomBytes(9000);
  await writeFile(home.path(NAME), changed);
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code).toBe(0);
  expect(stderr).toContain("has changed since the interrupted publish");
  expect([...server.uploads.values()].map(({ state }) => state)).toEqual(["aborted", "ready"]);
  expect(only(server)?.bytes.equals(changed)).toBe(true);
});

test("an upload that the server has forgotten starts anew: in the middle, and when resuming", async () => {
  const { server, home, bytes } = await setUp();
  server.control.before = (request) => {
    if (request.method === "PUT") {
      server.forget();
      server.control.before = undefined;
    }
    return false;
  };
  const first = await home.run(["publish", NAME, "--no-wait"]);
  expect(first.code, first.stderr).toBe(0);
  expect(first.stderr).toContain("starting anew");
  expect(await records(home)).toHaveLength(1);
  server.forget();
  expect((await home.run(["publish", NAME])).code).toBe(0);
  expect(only(server)?.bytes.equals(bytes)).toBe(true);
});

test("expired URLs are replaced by fresh ones; a busy bucket is asked again", async () => {
  const { server, home, bytes } = await setUp();
  let turn = 0;
  server.control.before = (request, response) => {
    if (request.method !== "PUT") return false;
    turn++;
    if (turn === 2) server.control.urlVersion = 2;
    if (turn !== 5) return false;
    response.writeHead(503).end("<Error><Code>SlowDown</Code></Error>");
    return true;
  };
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code, stderr).toBe(0);
  expect(only(server)?.bytes.equals(bytes)).toBe(true);
});

test("a server that goes away once in every few calls does not stop it", async () => {
  const { server, home, bytes } = await setUp({ polls: 3 });
  let turn = 0;
  server.control.before = (request) => {
    const away = ++turn > 1 && turn % 3 === 0;
    if (away) request.socket.destroy();
    return away;
  };
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code, stderr).toBe(0);
  expect(only(server)?.bytes.equals(bytes)).toBe(true);
});

test("more parts than one answer signs", async () => {
  const { server, home, bytes } = await setUp({ partSize: 50 });
  expect((await home.run(["publish", NAME])).code).toBe(0);
  expect(only(server)?.bytes.equals(bytes)).toBe(true);
  expect([...server.uploads.keys()].map((id) => server.count(`POST /api/v1/uploads/${id}/parts`))).toEqual([
    2,
  ]);
});

test("published already, the same command says so again; deleted since, it publishes again", async () => {
  const { server, home } = await setUp();
  await home.run(["publish", NAME]);
  const again = await home.run(["publish", NAME, "--json"]);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ package_id: 1 });
  server.packages.clear();
  expect((await home.run(["publish", NAME])).code).toBe(0);
  expect(server.packages.size).toBe(1);
});

test("--no-wait returns before the verification", async () => {
  const { home } = await setUp({ polls: 5 });
  const { code, stdout } = await home.run(["publish", NAME, "--no-wait", "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: "verifying", upload_id: expect.stringMatching(/^upl_/) });
});

test("bytes that the server rejects: exit 6, and nothing to resume", async () => {
  const { home } = await setUp({ corrupt: true });
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code).toBe(6);
  expect(stderr).toContain("rejected the upload: CHECKSUM_MISMATCH");
  expect(await records(home)).toEqual([]);
});

test("refusals of the server become exit codes with one line of advice", async () => {
  const { server, home } = await setUp();
  const cases: [number, string, number][] = [
    [401, "INVALID_API_KEY", 3],
    [409, "PACKAGE_EXISTS", 5],
    [400, "INVALID_VERSION", 8],
    [429, "RATE_LIMIT_EXCEEDED", 8],
    [507, "INSUFFICIENT_STORAGE", 8],
  ];
  for (const [status, errorCode, exit] of cases) {
    server.control.before = (_request, response) => {
      response.setHeader("retry-after", "1800");
      json(response, status, fault(status, errorCode, `This is ${errorCode}.`)[1]);
      return true;
    };
    const { code, stdout, stderr } = await home.run(["publish", NAME, "--json"]);
    expect({ errorCode, code }).toEqual({ errorCode, code: exit });
    expect(stderr).toContain(`This is ${errorCode}.`);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: errorCode, exit_code: exit } });
  }
});

test("of too many requests, the server's message or else a line of advice says when to try again", async () => {
  const { server, home } = await setUp();
  const refusedWith = async (body: unknown) => {
    server.control.before = (_request, response) => {
      response.setHeader("retry-after", "1800");
      json(response, 429, body);
      return true;
    };
    return (await home.run(["publish", NAME])).stderr;
  };
  const told = "Too many requests: try again in 1800 seconds";
  expect(await refusedWith(fault(429, "RATE_LIMIT_EXCEEDED", told)[1])).toBe(`slipway: ${told}\n`);
  expect(await refusedWith({})).toContain("Try again in 1800 s.");
});

test("neither key nor signature is ever printed, and the key follows no redirect", async () => {
  const { server, home } = await setUp();
  const other = await startFakeServer();
  cleanups.push(other.stop);
  server.control.before = (request, response) => {
    if (request.method !== "PUT") return false;
    response.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
    return true;
  };
  const refused = await home.run(["publish", NAME]);
  expect(refused.code).toBe(8);
  expect(refused.stderr).toContain("SignatureDoesNotMatch");
  server.control.before = (_request, response) => {
    response.writeHead(307, { location: `${other.url}/api/v1/uploads` }).end();
    return true;
  };
  const redirected = await home.run(["packages", "yank", "1"]);
  expect(redirected.code).toBe(8);
  expect(other.log).toEqual([]);
  const said = refused.stdout + refused.stderr + redirected.stdout + redirected.stderr;
  expect(said).not.toContain("X-Amz-Signature");
  expect(said).not.toContain(API_KEY);
});

test("wrong usage: exit 2 and what to do", async () => {
  const { home } = await setUp();
  await writeFile(home.path("plain.zip"), "x");
  await writeFile(home.path("app-v2.0.0-full-linux-x64.zip"), "");
  const cases: [string[], string][] = [
    [["publish"], "Name a folder or files"],
    [["publish", "plain.zip"], "Pass --version, or name it"],
    [["publish", "plain.zip", "--version", "1.0.0", "--type", "patch"], "Pass --from-version"],
    [["publish", "plain.zip", "--version", "1.0.0", "--type", "best"], "Types are full, patch, hotfix"],
    [["publish", "app-v2.0.0-full-linux-x64.zip"], "is empty"],
    [["publish", "none-v2.0.0-full-linux-x64.zip"], "no such file"],
    [["publish", NAME, "--jobs", "0"], "from 1 to 32"],
    [["frobnicate"], "unknown command"],
  ];
  for (const [args, advice] of cases) {
    const { code, stderr } = await home.run(args);
    expect({ args, code }).toEqual({ args, code: 2 });
    expect(stderr).toContain(advice);
  }
});

function partsThere(server: FakeServer): number {
  return [...server.uploads.values()][0]?.parts.size ?? 0;
}
