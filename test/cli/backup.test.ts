import { createHash, randomBytes } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { fault, json, startFakeServer, type FakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

const KEY = "the_secret_user_key";
// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp(env: NodeJS.ProcessEnv = { SLIPWAY_USER_KEY: KEY }) {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url, env });
  cleanups.push(server.stop, home.remove);
  return { server, home };
}

/** One backup, number 7, cut off once after `cutAfter` bytes. */
function serveBackup(server: FakeServer, bytes: Buffer, change: object = {}, cutAfter = 0) {
  const ranges: (string | undefined)[] = [];
  const backup = {
    id: 7,
    user_key: KEY,
    backup_type: "program",
    file_name: "state.zip",
    file_size: bytes.length,
    file_hash: createHash("sha256").update(bytes).digest("hex"),
    description: "mine",
    created_at: "2026-01-02T10:30:00Z",
    ...change,
  };
  server.control.before = (request, response, { pathname }) => {
    if (pathname === "/api/backups/list") {
      json(response, 200, { success: true, message: "", data: { total: 1, backups: [backup] } });
    } else if (pathname === "/api/backups/download") {
      response.writeHead(303, { location: `${server.url}/bytes?X-Amz-Signature=5ec3e7` }).end();
    } else if (pathname === "/bytes") {
      ranges.push(request.headers.range);
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const range =
        start > 0 ? { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
      response.writeHead(start > 0 ? 206 : 200, { "content-length": bytes.length - start, ...range });
      if (cutAfter > 0 && ranges.length === 1)
        response.write(bytes.subarray(0, cutAfter), () => response.destroy());
      else response.end(bytes.subarray(start));
    } else return false;
    return true;
  };
  return ranges;
}

test("every push is a backup of its own, and nothing shows the key", async () => {
  const { server, home } = await setUp();
  const bytes = randomBytes(5000);
  await writeFile(home.path("state.zip"), bytes);
  const args = ["backup", "push", "state.zip", "--type", "program", "--description", "before the update"];
  const first = await home.run([...args, "--json"]);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(first.stdout)).toEqual({
    id: 1,
    backup_type: "program",
    file_name: "state.zip",
    file_size: 5000,
    file_hash: createHash("sha256").update(bytes).digest("hex"),
    description: "before the update",
    created_at: "2026-01-02T10:30:00Z",
    resumed: false,
  });
  const second = await home.run(args);
  expect(second.stdout).toContain("Kept state.zip as backup 2, 4.9 KiB, SHA-256 ");
  expect([...server.packages.values()].map(({ fields }) => fields)).toMatchObject([
    { user_key: KEY, backup_type: "program", description: "before the update", filename: "state.zip" },
    { user_key: KEY },
  ]);
  expect(first.stdout + second.stdout + second.stderr).not.toContain(KEY);
  expect(await readdir(home.path("state", "slipway", "uploads"))).toEqual([]);
});

test("killed half-way, the same push resumes", async () => {
  const { server, home } = await setUp();
  await writeFile(home.path("state.zip"), randomBytes(9000));
  const stuck = Promise.withResolvers<void>();
  const parts = () => [...server.uploads.values()][0]?.parts.size ?? 0;
  server.control.before = (request) => {
    const held = request.method === "PUT" && parts() >= 5;
    if (held) stuck.resolve();
    return held;
  };
  const args = ["backup", "push", "state.zip", "--type", "plugin", "--jobs", "1"];
  const { child, done } = home.start(args);
  await stuck.promise;
  child.kill("SIGKILL");
  await done;
  server.control.before = undefined;
  const { code, stdout, stderr } = await home.run([...args, "--json"]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ id: 1, resumed: true });
  expect(server.uploads.size).toBe(1);
});

test("lists, and pulls under the backup's own name; a cut connection is resumed at a fresh address", async () => {
  const { server, home } = await setUp();
  const bytes = randomBytes(300_000);
  const ranges = serveBackup(server, bytes, {}, 100_000);
  const listed = await home.run(["backup", "list"]);
  expect(listed.stdout).toMatch(/^ID .*\n7 +program +293\.0 KiB +2026-01-02T10:30:00Z +state\.zip +mine\n$/);
  const pulled = await home.run(["backup", "pull", "7"]);
  expect(pulled.code, pulled.stderr).toBe(0);
  expect(pulled.stdout).toContain("Pulled state.zip, 293.0 KiB, SHA-256 verified");
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  expect(server.count("POST /api/backups/download")).toBe(2);
  expect((await readFile(home.path("state.zip"))).equals(bytes)).toBe(true);

  expect((await home.run(["backup", "pull", "7"])).stdout).toContain("Already there");
  await writeFile(home.path("state.zip"), "mine");
  expect((await home.run(["backup", "pull", "7"])).code).toBe(5);
  expect((await home.run(["backup", "pull", "7", "-o", "other.zip", "--json"])).code).toBe(0);
  expect((await readFile(home.path("other.zip"))).equals(bytes)).toBe(true);
  const json = await home.run(["backup", "list", "--json"]);
  expect(JSON.parse(json.stdout)).toMatchObject([{ id: 7 }]);
  expect(listed.stdout + pulled.stdout + pulled.stderr + json.stdout).not.toMatch(/secret|Signature/);
});

test("deletes a backup under its key; one that is not there is exit 4", async () => {
  const { server, home } = await setUp();
  const asked: string[] = [];
  server.control.before = (request, response, { pathname }) => {
    if (request.method !== "DELETE") return false;
    request.setEncoding("utf8").on("data", (text: string) => asked.push(`${pathname} ${text}`));
    const there = pathname === "/api/v1/backups/7";
    request.on("end", () =>
      there
        ? response.writeHead(204).end()
        : json(response, ...fault(404, "BACKUP_NOT_FOUND", "No such backup")),
    );
    return true;
  };
  const { code, stdout, stderr } = await home.run(["backup", "delete", "7", "--json"]);
  expect({ code, stderr, said: JSON.parse(stdout) }).toEqual({
    code: 0,
    stderr: "",
    said: { id: 7, deleted: true },
  });
  expect(asked).toEqual([`/api/v1/backups/7 ${JSON.stringify({ user_key: KEY })}`]);
  expect((await home.run(["backup", "delete", "7"])).stdout).toContain("Deleted backup 7.");
  expect((await home.run(["backup", "delete", "8"])).code).toBe(4);
  expect((await home.run(["backup", "delete", "x"])).code).toBe(2);
});

test("wrong bytes and names that lead elsewhere never become files", async () => {
  const { server, home } = await setUp();
  const bytes = randomBytes(1000);
  serveBackup(server, bytes, { file_hash: "0".repeat(64) });
  expect((await home.run(["backup", "pull", "7"])).code).toBe(6);
  for (const file_name of ["../x", "a/b", "a\\b", ".bashrc", "C:x"]) {
    serveBackup(server, bytes, { file_name });
    expect((await home.run(["backup", "pull", "7"])).code).toBe(2);
  }
  expect(await readdir(home.path())).toEqual([]);
  expect((await home.run(["backup", "pull", "8"])).code).toBe(4);
});

test("limits of the key are refusals: exit 8; wrong usage: exit 2; no key: exit 3", async () => {
  const { server, home } = await setUp();
  await writeFile(home.path("state.zip"), "bytes");
  const push = ["backup", "push", "state.zip", "--type", "program"];
  for (const [status, code] of [
    [409, "BACKUP_LIMIT_EXCEEDED"],
    [507, "BACKUP_QUOTA_EXCEEDED"],
  ] as const) {
    server.control.before = (_request, response) => {
      json(response, status, fault(status, code, `This is ${code}.`)[1]);
      return true;
    };
    const refused = await home.run(push);
    expect(refused.code).toBe(8);
    expect(refused.stderr).toContain(`This is ${code}.`);
    expect(refused.stderr).not.toContain("storage --cleanup");
  }
  for (const args of [
    ["push", "state.zip"],
    ["push", "state.zip", "--type", "all"],
    ["pull", "x"],
  ])
    expect({ args, code: (await home.run(["backup", ...args])).code }).toEqual({ args, code: 2 });
  const wrong = await home.run(["backup", "list", "--user-key", "a\tkey"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).not.toContain("a\tkey");
  const keyless = await createHome({ url: server.url });
  cleanups.push(keyless.remove);
  const none = await keyless.run(["backup", "list"]);
  expect(none.code).toBe(3);
  expect(none.stderr).toContain("SLIPWAY_USER_KEY");
});
