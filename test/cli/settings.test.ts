import { readdir, readFile, stat } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { API_KEY, fault, json, startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(settings: { apiKey?: string } = {}) {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url, ...settings });
  cleanups.push(server.stop, home.remove);
  return { server, home };
}

test("login tries the key, keeps it for the owner alone, and shows it to nobody", async () => {
  const { server, home } = await setUp();
  const { code, stdout, stderr } = await home.run(["login", "--url", server.url], `${API_KEY}\n`);
  expect(code, stderr).toBe(0);
  expect(stdout + stderr).not.toContain(API_KEY);
  const path = home.path("config", "slipway", "config.json");
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ url: server.url, api_key: API_KEY });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await home.run(["storage", "--cleanup"])).stdout).toContain("Deleted 2 packages, 2.0 KiB freed");
});

test("login saves no key that the server does not know", async () => {
  const { server, home } = await setUp();
  expect((await home.run(["login", "--url", server.url], "wrong")).code).toBe(3);
  await expect(stat(home.path("config"))).rejects.toThrow("ENOENT");
  expect((await home.run(["login", "--url", "ftp://x"], "key")).code).toBe(2);
});

test("without settings the commands ask this machine's own server, and say that a key is missing", async () => {
  const home = await createHome();
  cleanups.push(home.remove);
  const none = await home.run(["storage", "--verbose"]);
  expect(none.stderr).toContain("GET http://127.0.0.1:8000/api/v1/storage/stats: ");
  const { server } = await setUp();
  const keyless = await home.run(["packages", "delete", "1", "--url", server.url]);
  expect(keyless.code).toBe(3);
  expect(keyless.stderr).toContain("SLIPWAY_API_KEY");
  expect(server.log).toEqual([]);
});

test("storage and packages", async () => {
  const { server, home } = await setUp({ apiKey: API_KEY });
  expect((await home.run(["storage"])).stdout).toContain("1.0 KiB of 4.0 KiB used (25.0 %)");
  expect((await home.run(["packages", "list"])).stdout).toBe("No packages.\n");
  const fields = { version: "1.2.0", package_type: "full" };
  server.packages.set(1, { name: "app.zip", bytes: Buffer.from("abc"), sha256: "", fields });
  expect((await home.run(["packages", "list"])).stdout).toMatch(
    /^ID .*\n1 +1\.2\.0 +full +windows +x64 +stable .*app\.zip\n$/,
  );
  expect((await home.run(["packages", "yank", "1"])).stdout).toBe("Package 1 is no longer offered.\n");
  expect((await home.run(["packages", "delete", "7"])).code).toBe(4);
  expect((await home.run(["packages", "delete", "../1"])).code).toBe(2);
});

test("doctor: a line for each check, with advice where something is wrong", async () => {
  const { server, home } = await setUp({ apiKey: API_KEY });
  const well = await home.run(["doctor", "--json"]);
  expect(well.code).toBe(0);
  const { ok, checks } = JSON.parse(well.stdout) as {
    ok: boolean;
    checks: { name: string; status: string }[];
  };
  expect(ok).toBe(true);
  expect(checks.map(({ name, status }) => `${status} ${name}`)).toEqual([
    "ok settings",
    "ok server",
    "ok database",
    "ok bucket",
    "ok clock",
    "ok API key",
    "ok CORS",
  ]);
  expect([...server.uploads.values()].map(({ state }) => state)).toEqual(["aborted"]);

  const elsewhere = await home.run(["doctor", "--origin", "https://console.example.com"]);
  expect(elsewhere.stdout).toContain("warn  CORS:");
  expect(elsewhere.stdout).toContain("allow PUT from https://console.example.com");

  server.control.health = {
    status: "degraded",
    version: "1",
    checks: { database: "ok", bucket: "unreachable" },
  };
  const ill = await home.run(["doctor", "--no-cors"]);
  expect(ill.code).toBe(7);
  expect(ill.stdout).toContain("fail  bucket: unreachable");

  server.control.health = {
    status: "unhealthy",
    version: "1",
    checks: { database: "ok", bucket: "missing", durability: "relaxed", clock: "ok" },
    problems: [
      { check: "bucket", state: "missing", severity: "error", message: "Create the bucket" },
      { check: "durability", state: "relaxed", severity: "warning", message: "Set it to strong" },
    ],
  };
  const worse = await home.run(["doctor", "--no-cors"]);
  expect(worse.code).toBe(7);
  expect(worse.stdout).toContain("fail  bucket: missing\n      Create the bucket.");
  expect(worse.stdout).toContain("warn  durability: relaxed\n      Set it to strong.");
  expect(worse.stdout).toContain("ok    server's clock: ok");
});

test("doctor: a wrong key, a clock that is off, a server that is not there", async () => {
  const { server, home } = await setUp({ apiKey: "wrong" });
  server.control.before = (request, response) => {
    response.setHeader("date", new Date(Date.now() + 900_000).toUTCString());
    if (request.url?.startsWith("/health")) json(response, 200, server.control.health);
    else json(response, 401, fault(401, "INVALID_API_KEY", "No.")[1]);
    return true;
  };
  const { stdout } = await home.run(["doctor"]);
  expect(stdout).toContain("fail  API key: not known to the server (from SLIPWAY_API_KEY)");
  expect(stdout).toMatch(/fail {2}clock: the server's clock differs by (899|900|901) s/);
  expect(stdout).not.toContain("wrong\n");
  await server.stop();
  const gone = await home.run(["doctor"]);
  expect(gone.code).toBe(7);
  expect(gone.stdout).toContain("nothing listens there");
  cleanups.shift();
});

test("--json prints one document, also for a failure", async () => {
  const { server, home } = await setUp();
  await server.stop();
  cleanups.shift();
  const { code, stdout } = await home.run(["check", "--current", "1.0.0", "--json"]);
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "NETWORK", exit_code: 7 } });
});

test("the help knows all commands, each command its own flags, and a wrong name the nearest", async () => {
  const { home } = await setUp();
  const help = (await home.run(["--help"])).stdout;
  const commands =
    "login logout whoami publish check download storage packages plugins backup doctor keys completion help".split(
      " ",
    );
  expect(commands.filter((name) => !help.includes(`\n  ${name} `))).toEqual([]);
  expect((await home.run(["publish", "--help"])).stdout).toContain("--from-version");
  expect(await home.run(["publsh"])).toMatchObject({ code: 2, stderr: expect.stringContaining("publish") });
  expect((await home.run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("what Node has compiled is kept in the user's cache, and a cache that cannot be is no failure", async () => {
  const { home } = await setUp();
  await home.run(["--version"]);
  expect(await readdir(home.cache)).toEqual(["slipway"]);
  const other = await createHome({ env: { XDG_CACHE_HOME: "/dev/null/cache" } });
  cleanups.push(other.remove);
  expect(await other.run(["--version"])).toMatchObject({ code: 0, stderr: "" });
});
