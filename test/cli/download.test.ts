import { createHash, randomBytes } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

const NAME = "app-v1.2.0-full-linux-x64.zip";
const PATH = `/downloads/full/1.2.0/${NAME}`;
// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp() {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url });
  cleanups.push(server.stop, home.remove);
  const bytes = randomBytes(300_000);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  server.packages.set(1, { name: NAME, bytes, sha256, fields: { version: "1.2.0", package_type: "full" } });
  return { server, home, bytes, sha256 };
}

test("check tells of the update; its exit code does so when asked", async () => {
  const { home } = await setUp();
  const told = await home.run(["check", "--current", "1.0.0"]);
  expect(told.code).toBe(0);
  expect(told.stdout).toContain("Update: 1.0.0 to 1.2.0");
  expect(told.stdout).toContain(PATH);
  expect((await home.run(["check", "--current", "1.0.0", "--exit-code"])).code).toBe(10);
  const none = await home.run(["check", "--current", "1.2.0", "--exit-code", "--json"]);
  expect(none.code).toBe(0);
  expect(JSON.parse(none.stdout)).toEqual({
    has_update: false,
    current_version: "1.2.0",
    latest_version: "1.2.0",
  });
});

test("check shows the cheapest plan where it takes several packages", async () => {
  const { server, home } = await setUp();
  const step = (minor: number, file_size: number) => ({
    type: "patch",
    to_version: `1.${minor}.0`,
    file_size,
    download_url: `/downloads/patches/1.${minor}.0/step.zip`,
  });
  const steps = [step(1, 1024), step(2, 2048)];
  const plans = [{ bytes: 3072, steps }];
  const update_info = { version: "1.2.0", update_options: [], plans };
  const answer = { has_update: true, current_version: "1.0.0", latest_version: "1.2.0", update_info };
  server.control.before = (_request, response, url) => {
    if (url.searchParams.get("plans") !== "true") return false;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    return true;
  };
  const { stdout } = await home.run(["check", "--current", "1.0.0"]);
  expect(stdout).toContain("Cheapest: 2 packages, one after another, 3.0 KiB in all");
  expect(stdout).toMatch(/1 patch +1\.0 KiB +to 1\.1\.0 +\/downloads.*\n +2 patch +2\.0 KiB +to 1\.2\.0/);
  steps.pop();
  expect((await home.run(["check", "--current", "1.0.0"])).stdout).not.toContain("Cheapest");
});

test("download: by current version, by version, by path, by URL", async () => {
  const { server, home, bytes, sha256 } = await setUp();
  const ways = [["--current", "1.0.0"], ["--version", "1.2.0"], [PATH], [server.url + PATH]];
  for (const [index, way] of ways.entries()) {
    const { code, stdout, stderr } = await home.run([
      "download",
      ...way,
      "--output",
      `${index}.zip`,
      "--json",
    ]);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      path: `${index}.zip`,
      size: bytes.length,
      sha256,
      verified: true,
    });
    expect((await readFile(home.path(`${index}.zip`))).equals(bytes)).toBe(true);
  }
  expect((await home.run(["download", "--current", "1.2.0"])).stdout).toContain("1.2.0 is the newest");
  expect((await home.run(["download", "--version", "7.0.0"])).code).toBe(4);
  expect((await home.run(["download", "/downloads/full/1/none.zip"])).code).toBe(4);
  expect((await home.run(["download"])).code).toBe(2);
});

test("a connection cut in the middle is resumed by Range through a fresh redirect", async () => {
  const { server, home, bytes } = await setUp();
  const ranges: (string | undefined)[] = [];
  server.control.before = (request, response, url) => {
    if (!url.pathname.startsWith("/bucket/")) return false;
    ranges.push(request.headers.range);
    if (ranges.length > 1) return false;
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 100_000), () => response.destroy());
    return true;
  };
  const { code, stderr } = await home.run(["download", PATH]);
  expect(code, stderr).toBe(0);
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  expect(server.count(`GET ${PATH}`)).toBe(2);
  expect((await readFile(home.path(NAME))).equals(bytes)).toBe(true);
});

test("what an earlier run left is continued; foreign bytes there are thrown away", async () => {
  const { home, bytes } = await setUp();
  await writeFile(home.path(`${NAME}.part`), bytes.subarray(0, 200_000));
  const resumed = await home.run(["download", PATH, "--json"]);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ resumed: true, already: false });
  expect((await readFile(home.path(NAME))).equals(bytes)).toBe(true);

  await writeFile(home.path("x.zip.part"), randomBytes(1000));
  const anew = await home.run(["download", PATH, "--output", "x.zip"]);
  expect(anew.code).toBe(0);
  expect(anew.stderr).toContain("starting anew");
  expect((await readFile(home.path("x.zip"))).equals(bytes)).toBe(true);
});

test("bytes with another SHA-256 never get the name: exit 6", async () => {
  const { server, home } = await setUp();
  const item = server.packages.get(1);
  if (item !== undefined) item.sha256 = "0".repeat(64);
  const { code } = await home.run(["download", PATH]);
  expect(code).toBe(6);
  expect(await readdir(home.path())).toEqual([]);
});

test("a file that is there: the same one is left alone, another one only goes by --force", async () => {
  const { server, home, bytes } = await setUp();
  await home.run(["download", PATH]);
  const before = server.count("GET");
  expect((await home.run(["download", PATH])).stdout).toContain("Already there");
  expect(server.count("GET")).toBe(before);
  await writeFile(home.path(NAME), "mine");
  expect((await home.run(["download", PATH])).code).toBe(5);
  expect(await readFile(home.path(NAME), "utf8")).toBe("mine");
  expect((await home.run(["download", PATH, "--force"])).code).toBe(0);
  expect((await readFile(home.path(NAME))).equals(bytes)).toBe(true);
});
