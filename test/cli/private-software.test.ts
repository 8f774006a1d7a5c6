import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { json as readJson } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { API_KEY, json, startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

const PATH = "/downloads/full/1.2.0/app-v1.2.0-full-linux-x64.zip";
// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A server with one package, which notes who came with which API key, and may let in nobody without one. */
async function setUp(isPrivate: boolean) {
  const server = await startFakeServer();
  const bytes = randomBytes(3000);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const fields = { version: "1.2.0", package_type: "full" };
  server.packages.set(1, { name: PATH.split("/").at(-1) ?? "", bytes, sha256, fields });
  const keys: Record<string, (string | undefined)[]> = {};
  server.control.before = (request, response, { pathname }) => {
    const place = pathname.split("/")[1] ?? "";
    const key = request.headers["x-api-key"];
    (keys[place] ??= []).push(key === undefined ? undefined : String(key));
    if (!isPrivate || place === "bucket" || key === API_KEY) return false;
    json(response, 401, { detail: "This needs an API key.", error_code: "INVALID_API_KEY", timestamp: "" });
    return true;
  };
  cleanups.push(server.stop);
  return { server, bytes, keys };
}

async function homeOf(settings: { url: string; apiKey?: string }) {
  const home = await createHome(settings);
  cleanups.push(home.remove);
  return home;
}

test("check and download bring the key that is set, and the bucket gets none", async () => {
  const { server, bytes, keys } = await setUp(true);
  const home = await homeOf({ url: server.url, apiKey: API_KEY });
  expect((await home.run(["check", "--current", "1.0.0"])).stdout).toContain(PATH);
  for (const [index, way] of [["--current", "1.0.0"], [PATH], [server.url + PATH]].entries()) {
    const done = await home.run(["download", ...way, "--output", `${index}.zip`]);
    expect(done.code, done.stderr).toBe(0);
    expect(await readFile(home.path(`${index}.zip`))).toEqual(bytes);
  }
  expect(new Set(keys["downloads"])).toEqual(new Set([API_KEY]));
  expect(new Set(keys["bucket"])).toEqual(new Set([undefined]));
});

test("without a key, or with a wrong one, both say that one is needed", async () => {
  const { server } = await setUp(true);
  for (const settings of [{ url: server.url }, { url: server.url, apiKey: "wrong" }]) {
    const home = await homeOf(settings);
    for (const command of [
      ["check", "--current", "1.0.0"],
      ["download", PATH],
    ]) {
      const { code, stderr } = await home.run(command);
      expect(code).toBe(3);
      expect(stderr).toContain("API key");
      expect(stderr).toContain("slipway login");
    }
  }
});

test("a key is for its own server: an address elsewhere is asked without it", async () => {
  const [{ server, keys }, other] = [await setUp(false), await setUp(false)];
  const home = await homeOf({ url: other.server.url, apiKey: API_KEY });
  expect((await home.run(["download", server.url + PATH])).code).toBe(0);
  expect(new Set(keys["downloads"])).toEqual(new Set([undefined]));
});

test("keys are made for some software and several scopes, by commas or one by one", async () => {
  const { server } = await setUp(false);
  const home = await homeOf({ url: server.url, apiKey: API_KEY });
  const create = (...flags: string[]) => home.run(["keys", "create", "ci", ...flags]);
  expect((await create("--software", "a,b", "--scopes", "packages:read,packages:write")).code).toBe(0);
  expect((await create("--software", "a", "--software", "b", "--scope", "packages:read")).code).toBe(0);
  expect((await create()).code).toBe(0);
  expect([...server.keys.values()]).toEqual([
    expect.objectContaining({ software: ["a", "b"], scopes: ["packages:read", "packages:write"] }),
    expect.objectContaining({ software: ["a", "b"], scopes: ["packages:read"] }),
    expect.not.objectContaining({ software: expect.anything() }),
  ]);
  const { stdout } = await home.run(["keys", "list"]);
  expect(stdout).toMatch(/\nkey_1 .* a b +packages:read packages:write\n/);
  expect(stdout).toMatch(/\nkey_3 .* all +packages:write\n/);
});

test("a key that is limited to other software is refused with the flag that names its own", async () => {
  const { server } = await setUp(false);
  server.control.before = (_request, response) => {
    json(response, 403, {
      detail: "This API key may change packtool alone: use one for the software that this is about",
      error_code: "INSUFFICIENT_SCOPE",
      timestamp: "",
    });
    return true;
  };
  const home = await homeOf({ url: server.url, apiKey: API_KEY });
  const { code, stderr } = await home.run(["visibility", "acme", "private"]);
  expect(code).toBe(3);
  expect(stderr).toContain("name that with --software");
});

test("software is made private or public by its name, and nothing else", async () => {
  const { server } = await setUp(false);
  const asked: unknown[] = [];
  server.control.before = async (request, response, { pathname }) => {
    if (!pathname.startsWith("/api/v1/software/")) return false;
    asked.push([request.method, pathname, await readJson(request), request.headers["x-api-key"]]);
    json(response, 200, { software: "acme", akey: "soft_1", visibility: "private" });
    return true;
  };
  const home = await homeOf({ url: server.url, apiKey: API_KEY });
  const done = await home.run(["visibility", "acme", "private"]);
  expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining("acme is private") });
  expect(asked).toEqual([["PUT", "/api/v1/software/acme", { visibility: "private" }, API_KEY]]);
  expect((await home.run(["visibility", "acme", "secret"])).code).toBe(2);
  expect((await home.run(["visibility", "acme"])).code).toBe(2);
  expect(asked).toHaveLength(1);
});
