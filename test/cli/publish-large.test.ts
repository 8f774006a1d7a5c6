import { createHash, randomBytes } from "node:crypto";
import { open, readFile, readdir, utimes, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { API_KEY, fault, json, startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";
import type { Home } from "./run-cli.ts";

const MIB = 1024 * 1024;
const NAME = "app-v1.2.0-full-linux-x64.zip";
const PARTS = 5;
/** More than goes by one PUT: such a file is hashed while it is sent. */
const SIZE = 65 * MIB;

const WRITTEN = new Date(1_700_000_000_000);
const LATER = new Date(1_700_000_001_000);

vi.setConfig({ testTimeout: 120_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp() {
  const server = await startFakeServer({ partSize: 16 * MIB });
  const home = await createHome({ url: server.url, apiKey: API_KEY });
  cleanups.push(server.stop, home.remove);
  const bytes = randomBytes(SIZE);
  await writeFile(home.path(NAME), bytes);
  await utimes(home.path(NAME), WRITTEN, WRITTEN);
  const only = () => [...server.packages.values()][0];
  const uploads = () => [...server.uploads.values()];
  return { server, home, bytes, only, uploads };
}
type Setting = Awaited<ReturnType<typeof setUp>>;

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The record of the one upload under way. */
async function record(home: Home): Promise<{ sha256?: string } | undefined> {
  const folder = home.path("state", "slipway", "uploads");
  const name = (await readdir(folder).catch(() => [])).find((file) => file.endsWith(".json"));
  return name === undefined ? undefined : (JSON.parse(await readFile(`${folder}/${name}`, "utf8")) as object);
}

/** Kills a publication which has sent two parts, and hashed the file. */
async function killHalfWay({ server, home, uploads }: Setting): Promise<void> {
  const stuck = Promise.withResolvers<void>();
  server.control.before = (request) => {
    const held = request.method === "PUT" && uploads()[0]?.parts.size === 2;
    if (held) stuck.resolve();
    return held;
  };
  const { child, done } = home.start(["publish", NAME, "--jobs", "1"]);
  await stuck.promise;
  while ((await record(home))?.sha256 === undefined) await delay(20);
  child.kill("SIGKILL");
  await done;
  server.control.before = undefined;
}

/** Other bytes at the beginning of the file, which the system says was last written when it was before. */
async function forge(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.write(randomBytes(1000), 0, 1000, 0);
  await file.close();
  await utimes(path, WRITTEN, WRITTEN);
}

test("is begun without its hash, and completed with it", async () => {
  const { server, home, bytes, only, uploads } = await setUp();
  const declared: unknown[] = [];
  server.control.before = (request) => {
    if (request.method === "PUT") declared.push(uploads()[0]?.sha256);
    return false;
  };
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code, stderr).toBe(0);
  expect(declared).toEqual(Array(PARTS).fill(undefined));
  expect(uploads()[0]?.sha256).toBe(sha256(bytes));
  expect(only()?.bytes.equals(bytes)).toBe(true);
  expect(await record(home)).toBeUndefined();
});

test.each([
  ["as it was", async () => undefined],
  ["touched", (path: string) => utimes(path, LATER, LATER)],
])("killed half-way, it resumes with the parts that are missing (the file %s)", async (_case, change) => {
  const setting = await setUp();
  const { server, home, bytes, only } = setting;
  await killHalfWay(setting);
  await change(home.path(NAME));
  const sent = server.count("PUT");
  const { code, stdout, stderr } = await home.run(["publish", NAME, "--json"]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: "ready", resumed: true, sha256: sha256(bytes) });
  expect(server.count("PUT") - sent).toBe(PARTS - 2);
  expect(only()?.bytes.equals(bytes)).toBe(true);
});

test("killed half-way, and other bytes of the same size since: it starts anew", async () => {
  const setting = await setUp();
  const { home, only, uploads } = setting;
  await killHalfWay(setting);
  const changed = randomBytes(SIZE);
  await writeFile(home.path(NAME), changed);
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("has changed since the interrupted publish");
  expect(uploads().map(({ state }) => state)).toEqual(["aborted", "ready"]);
  expect(only()?.bytes.equals(changed)).toBe(true);
});

test("half of one file and half of another are never published, however equal they look", async () => {
  const setting = await setUp();
  const { server, home } = setting;
  await killHalfWay(setting);
  await forge(home.path(NAME));
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code).toBe(6);
  expect(stderr).toContain("CHECKSUM_MISMATCH");
  expect(server.packages.size).toBe(0);
  expect(await record(home)).toBeUndefined();
});

test("a file that is written to while it is sent is not published", async () => {
  const { server, home } = await setUp();
  server.control.before = async (request) => {
    if (request.method === "PUT") await utimes(home.path(NAME), LATER, LATER);
    return false;
  };
  const { code, stderr } = await home.run(["publish", NAME]);
  expect(code).toBe(6);
  expect(stderr).toContain("changed while it was uploaded");
  expect(server.count("POST /api/v1/uploads/")).toBe(0);
  expect(server.packages.size).toBe(0);
});

test("published already: the same bytes are what is there, others are refused, however equal they look", async () => {
  const { server, home } = await setUp();
  expect((await home.run(["publish", NAME])).code).toBe(0);
  const sent = server.count("PUT");
  const again = await home.run(["publish", NAME, "--json"]);
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ package_id: 1 });
  await forge(home.path(NAME));
  const other = await home.run(["publish", NAME]);
  expect(other.code).toBe(5);
  expect(server.count("PUT")).toBe(sent);
});

test.each([
  [409, "PACKAGE_EXISTS"],
  [429, "RATE_LIMIT_EXCEEDED"],
  [507, "INSUFFICIENT_STORAGE"],
])("let in by its hash alone, it is asked for once more with it (%i %s)", async (status, code) => {
  const { server, home, bytes, uploads } = await setUp();
  server.control.before = (request, response) => {
    if (request.url !== "/api/v1/uploads") return false;
    server.control.before = undefined;
    response.setHeader("retry-after", "1800");
    json(response, status, fault(status, code, "No.")[1]);
    return true;
  };
  const { code: exit, stderr } = await home.run(["publish", NAME, "--no-wait"]);
  expect(exit, stderr).toBe(0);
  expect(uploads().map((upload) => upload.sha256)).toEqual([sha256(bytes)]);
});

test("a hotfix is hashed before, for only that tells whether it is there already", async () => {
  const { server, home, uploads } = await setUp();
  const declared: unknown[] = [];
  server.control.before = (request) => {
    if (request.method === "PUT") declared.push(uploads()[0]?.sha256);
    return false;
  };
  expect((await home.run(["publish", NAME, "--type", "hotfix"])).code).toBe(0);
  expect(declared).toEqual(Array(PARTS).fill(expect.stringMatching(/^[0-9a-f]{64}$/)));
});
