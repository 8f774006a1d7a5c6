import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { zipFolder } from "../../scripts/cli/zip-folder.ts";
import { API_KEY, json, startFakeServer, type FakeServer } from "./fake-server.ts";
import { createHome, type Home } from "./run-cli.ts";

const KEY = "the_secret_plugin_key";
const MANIFEST = { name: "com.example.a", version: "1.2.0", main: "A.dll", entryClass: "A.Entry" };
// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(env: NodeJS.ProcessEnv = { SLIPWAY_PLUGIN_KEY: KEY }) {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url, apiKey: API_KEY, env });
  cleanups.push(server.stop, home.remove);
  return { server, home };
}

async function plugin(home: Home, folder = "plugin", manifest: object = MANIFEST): Promise<void> {
  await mkdir(home.path(folder, "lib"), { recursive: true });
  await writeFile(home.path(folder, "plugin.json"), JSON.stringify(manifest));
  await writeFile(home.path(folder, "A.dll"), Buffer.alloc(5000, "program"));
  await writeFile(home.path(folder, "lib", "ü.txt"), "library");
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const signal = AbortSignal.any([]);

async function packed(home: Home, folder: string, include: string[] = []) {
  const target = home.path(`${folder}.zip`);
  const files = await zipFolder(home.path(folder), target, { include, signal });
  return { files, bytes: await readFile(target) };
}

test("equal folders give equal archives, whatever their times and what lies beside", async () => {
  const { home } = await setUp();
  await plugin(home, "one");
  await mkdir(home.path("two"));
  await plugin(home, "two");
  await utimes(home.path("two", "A.dll"), 1, 1);
  await mkdir(home.path("two", "node_modules", "x"), { recursive: true });
  await writeFile(home.path("two", "node_modules", "x", "index.js"), "");
  await mkdir(home.path("two", ".git"));
  await symlink("nowhere", home.path("two", ".git", "link"));
  await writeFile(home.path("two", ".env"), "SECRET=1");
  const [one, two] = [await packed(home, "one"), await packed(home, "two")];
  expect(one.files).toBe(3);
  expect(two.bytes.equals(one.bytes)).toBe(true);
  const zone = process.env.TZ;
  process.env.TZ = "Pacific/Auckland";
  const elsewhere = await packed(home, "one");
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(elsewhere.bytes.equals(one.bytes)).toBe(true);
  const named = await packed(home, "two", [".env", "node_modules"]);
  expect(named.files).toBe(5);
  await chmod(home.path("one", "A.dll"), 0o755);
  expect((await packed(home, "one")).bytes.equals(one.bytes)).toBe(false);
});

test("an empty folder and a symbolic link are refused, and nothing is left of the archive", async () => {
  const { home } = await setUp();
  await mkdir(home.path("none"));
  await expect(packed(home, "none")).rejects.toThrow("has no files");
  await plugin(home);
  await symlink("A.dll", home.path("plugin", "B.dll"));
  await expect(packed(home, "plugin")).rejects.toThrow("B.dll is a symbolic link");
  expect((await readdir(home.path())).filter((name) => name.includes("zip"))).toEqual([]);
});

test("publishes a folder under its key, and an archive as it is; the key is never shown", async () => {
  const { server, home } = await setUp();
  await plugin(home);
  const first = await home.run(["plugins", "publish", "plugin", "--json"]);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(first.stdout)).toMatchObject({ state: "ready", name: "com.example.a", version: "1.2.0" });
  const sent = [...server.packages.values()][0];
  expect(sent?.fields).toMatchObject({
    plugin_key: KEY,
    name: "com.example.a",
    version: "1.2.0",
    filename: "com.example.a@1.2.0.zip",
  });
  expect(await readdir(home.path("state", "slipway", "packed"))).toEqual([]);

  const { bytes } = await packed(home, "plugin");
  expect(sent?.bytes.equals(bytes)).toBe(true);
  server.packages.clear();
  server.forget();
  const second = await home.run(["plugins", "publish", "plugin.zip"]);
  expect(second.code, second.stderr).toBe(0);
  expect(second.stdout).toContain("Published com.example.a 1.2.0");
  expect([...server.packages.values()][0]?.bytes.equals(bytes)).toBe(true);
  expect(first.stdout + second.stdout + second.stderr).not.toContain(KEY);
});

test("sends the upload secret of its flag or variable, and shows it nowhere", async () => {
  const secret = "the secret of the server";
  const { server, home } = await setUp({ SLIPWAY_PLUGIN_KEY: KEY, SLIPWAY_PLUGIN_UPLOAD_SECRET: secret });
  await plugin(home);
  const first = await home.run(["plugins", "publish", "plugin"]);
  expect(first.code, first.stderr).toBe(0);
  const secretSent = () => [...server.packages.values()].map(({ fields }) => fields.upload_secret);
  expect(secretSent()).toEqual([secret]);
  server.packages.clear();
  server.forget();
  const second = await home.run(["plugins", "publish", "plugin", "--upload-secret", "another"]);
  expect(second.code, second.stderr).toBe(0);
  expect(secretSent()).toEqual(["another"]);
  expect(first.stdout + first.stderr + second.stdout + second.stderr).not.toMatch(/secret|another/);
});

test("killed half-way, a folder's publish resumes with the parts that are missing", async () => {
  const { server, home } = await setUp();
  await plugin(home);
  await writeFile(home.path("plugin", "data.bin"), randomBytes(9000));
  const stuck = Promise.withResolvers<void>();
  server.control.before = (request) => {
    const held = request.method === "PUT" && partsThere(server) >= 5;
    if (held) stuck.resolve();
    return held;
  };
  const first = home.start(["plugins", "publish", "plugin", "--jobs", "1"]);
  await stuck.promise;
  first.child.kill("SIGKILL");
  await first.done;
  server.control.before = undefined;
  const sent = server.count("PUT");
  const { code, stdout, stderr } = await home.run(["plugins", "publish", "plugin", "--json"]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: "ready", resumed: true });
  expect(server.count("PUT") - sent).toBeLessThan(8);
  expect(server.uploads.size).toBe(1);
});

test("what the manifest lacks is said before anything is sent", async () => {
  const { server, home } = await setUp();
  await plugin(home, "plugin", { ...MANIFEST, main: "B.dll" });
  const refused = await home.run(["plugins", "publish", "plugin", "--json"]);
  expect(refused.code).toBe(8);
  expect(JSON.parse(refused.stdout)).toMatchObject({
    error: { code: "INVALID_PLUGIN", message: expect.stringContaining("B.dll"), hint: "Nothing was sent." },
  });
  await writeFile(home.path("x.zip"), "no archive");
  expect((await home.run(["plugins", "publish", "x.zip"])).code).toBe(8);
  expect((await home.run(["plugins", "publish", "nowhere"])).code).toBe(2);
  const wrong = await home.run(["plugins", "publish", "plugin", "--key", "not a\tkey"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).not.toContain("not a\tkey");
  expect(server.log).toEqual([]);
  const keyless = await createHome({ url: server.url });
  cleanups.push(keyless.remove);
  await plugin(keyless);
  const none = await keyless.run(["plugins", "publish", "plugin"]);
  expect(none.code).toBe(3);
  expect(none.stderr).toContain("SLIPWAY_PLUGIN_KEY");
});

/** Answers resolving with a plan of these archives, and serves them. */
function serveRegistry(server: FakeServer, archives: Record<string, Buffer>, change: object = {}) {
  const asked: unknown[] = [];
  server.control.before = async (request, response, { pathname }) => {
    const archive = archives[pathname.slice(1)];
    if (archive) response.end(archive);
    if (pathname !== "/api/plugins/resolve") return archive !== undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    asked.push(JSON.parse(Buffer.concat(chunks).toString()));
    const plan = Object.entries(archives).map(([name, bytes]) => {
      const action = name.endsWith("kept") ? "keep" : "install";
      const file = { size: bytes.length, sha256: sha256(bytes), download_url: `${server.url}/${name}` };
      return Object.assign({ name, version: "1.0.0", action }, file, change);
    });
    const lock = { install: { "com.a": "1.0.0" }, engines: { Host: "2.0.0" }, installed: {}, integrity: {} };
    json(response, 200, { success: true, message: "", data: { plan, total_size: 7, lock } });
    return true;
  };
  return asked;
}

test("resolves names and ranges, writes the lock, asks again for what it holds", async () => {
  const { server, home } = await setUp();
  const asked = serveRegistry(server, { "com.a": randomBytes(3000), "com.kept": randomBytes(10) });
  await writeFile(home.path("have.json"), '{"com.kept":"1.0.0"}');
  const args = ["plugins", "resolve", "com.a@^1", "com.b", "--engine", "Host=2.0.0", "--engine", "X=1.0.0"];
  const first = await home.run([...args, "--installed", "have.json", "--lock", "locks/a.json"]);
  expect(first.code, first.stderr).toBe(0);
  expect(first.stdout).toMatch(/^ACTION +NAME +VERSION +SIZE\ninstall +com\.a +1\.0\.0 +2\.9 KiB\nkeep /);
  const retold = ["plugins", "resolve", "--lock", "locks/a.json", "--engine", "host=2.0.0.5"];
  expect((await home.run(retold)).code).toBe(0);
  expect(asked.pop()).toMatchObject({ engines: { host: "2.0.0.5" } });
  const again = await home.run(["plugins", "resolve", "--lock", "locks/a.json", "--json"]);
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ total_size: 7, plan: [{ name: "com.a" }, {}] });
  expect(asked).toEqual([
    {
      install: { "com.a": "^1", "com.b": "*" },
      engines: { Host: "2.0.0", X: "1.0.0" },
      installed: { "com.kept": "1.0.0" },
      integrity: {},
    },
    { install: { "com.a": "1.0.0" }, engines: { Host: "2.0.0" }, installed: {}, integrity: {} },
  ]);
});

test("downloads what is to be installed, verified; bytes that differ never get the name", async () => {
  const { server, home } = await setUp();
  const bytes = randomBytes(3000);
  serveRegistry(server, { "com.a": bytes, "com.kept": randomBytes(10) });
  const args = ["plugins", "resolve", "com.a", "--download", "got"];
  const { code, stderr } = await home.run([...args, "--json"]);
  expect(code, stderr).toBe(0);
  expect(await readdir(home.path("got"))).toEqual(["com.a@1.0.0.zip"]);
  expect((await readFile(home.path("got", "com.a@1.0.0.zip"))).equals(bytes)).toBe(true);
  expect((await home.run(args)).stdout).toContain("Already there");
  await writeFile(home.path("got", "com.a@1.0.0.zip"), "mine");
  const foreign = await home.run(args);
  expect(foreign.code).toBe(5);
  expect(foreign.stderr).toContain("--force");
  expect(foreign.stderr).not.toContain("--output");
  expect((await home.run([...args, "--force"])).code).toBe(0);

  serveRegistry(server, { "com.b": bytes }, { sha256: "0".repeat(64) });
  expect((await home.run(args)).code).toBe(6);
  serveRegistry(server, { "com.b": bytes }, { name: "../../evil" });
  expect((await home.run(args)).code).toBe(7);
  expect(await readdir(home.path("got"))).toEqual(["com.a@1.0.0.zip"]);
});

test("a conflict is told line by line: exit 5; wrong usage: exit 2", async () => {
  const { server, home } = await setUp();
  server.control.before = (_request, response) => {
    const conflict = [{ message: "you want com.c ^2" }, { message: "com.a@1.0.0 needs com.c <2" }];
    json(response, 409, {
      success: false,
      message: "Nothing fits",
      data: { summary: "com.a → com.c", conflict },
    });
    return true;
  };
  const { code, stdout, stderr } = await home.run(["plugins", "resolve", "com.a", "com.c@^2", "--json"]);
  expect(code).toBe(5);
  expect(stderr).toContain("com.a → com.c.\nNo versions fit all of these");
  expect(stderr).toContain("\n  you want com.c ^2\n  com.a@1.0.0 needs com.c <2\n");
  expect(JSON.parse(stdout)).toMatchObject({ error: { exit_code: 5, data: { conflict: [{}, {}] } } });
  await writeFile(home.path("bad.json"), "[1]");
  for (const args of [
    [],
    ["@1"],
    ["com.a@"],
    ["com.a", "--engine", "Host"],
    ["com.a", "--installed", "bad.json"],
    ["--lock", "bad.json"],
    ["--lock", "none.json"],
  ])
    expect({ args, code: (await home.run(["plugins", "resolve", ...args])).code }).toEqual({ args, code: 2 });
});

test("lists plugins", async () => {
  const { server, home } = await setUp();
  const data = [
    {
      name: "com.a",
      display_name: "An A",
      current_version: "1.0.0",
      is_enabled: false,
      is_deprecated: false,
      total_download_count: 3,
    },
  ];
  server.control.before = (_request, response) => {
    json(response, 200, { success: true, message: "", data });
    return true;
  };
  const { stdout } = await home.run(["plugins", "list"]);
  expect(stdout).toMatch(/^NAME .*\ncom\.a +1\.0\.0 +disabled +3 +An A\n$/);
});

function partsThere(server: FakeServer): number {
  return [...server.uploads.values()][0]?.parts.size ?? 0;
}
