import { mkdir, readdir, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parseCsv } from "../../scripts/cli/batch.ts";
import { parsePackageName } from "../../scripts/client/folders/package-name.ts";
import { API_KEY, startFakeServer } from "./fake-server.ts";
import { createHome } from "./run-cli.ts";

// Each test starts the command line several times, next to other tests on the same cores.
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function setUp() {
  const server = await startFakeServer();
  const home = await createHome({ url: server.url, apiKey: API_KEY });
  cleanups.push(server.stop, home.remove);
  return { server, home };
}

describe("publish --batch", () => {
  test("publishes a JSON list in order, goes on after a failure, and exits with it", async () => {
    const { server, home } = await setUp();
    await mkdir(home.path("out"));
    await writeFile(home.path("out", "a.zip"), "alpha");
    await writeFile(home.path("out", "b.zip"), "beta");
    await writeFile(home.path("out", "c.zip"), "gamma");
    const rows = [
      { file: "a.zip", version: "1.0.0", description: "first" },
      { file: "b.zip", version: "1.0.0" },
      { file: "c.zip", version: "1.1.0", type: "patch", from_version: "1.0.0", critical: true },
    ];
    await writeFile(home.path("out", "list.json"), JSON.stringify(rows));
    const { code, stdout } = await home.run([
      "publish",
      "--batch",
      "out/list.json",
      "--type",
      "full",
      "--json",
    ]);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      packages: [
        { state: "ready" },
        { state: "failed", error: { code: "PACKAGE_EXISTS" } },
        { state: "ready" },
      ],
    });
    expect([...server.packages.values()].map(({ fields }) => fields)).toMatchObject([
      { version: "1.0.0", package_type: "full", description: "first" },
      { version: "1.1.0", package_type: "patch", from_version: "1.0.0", is_critical: true },
    ]);
  });

  test("publishes a CSV list", async () => {
    const { server, home } = await setUp();
    await writeFile(home.path("a.zip"), "alpha");
    await writeFile(
      home.path("list.csv"),
      'file,version,type,description,unstable\r\na.zip,2.0.0-rc.1,full,"New, with ""quotes""",yes\r\n',
    );
    expect((await home.run(["publish", "--batch", "list.csv"])).code).toBe(0);
    expect([...server.packages.values()][0]?.fields).toMatchObject({
      version: "2.0.0-rc.1",
      description: 'New, with "quotes"',
      is_stable: false,
    });
  });

  test("a list with a mistake publishes nothing", async () => {
    const { server, home } = await setUp();
    await writeFile(home.path("a.zip"), "alpha");
    const cases = ["not json", "[]", '[{"file":"a.zip","versoin":"1.0.0"}]', '[{"file":"a.zip"}]'];
    for (const list of cases) {
      await writeFile(home.path("list.json"), list);
      expect((await home.run(["publish", "--batch", "list.json"])).code).toBe(2);
    }
    expect(server.log).toEqual([]);
  });
});

test("publish --watch publishes what is there and what comes, once, and remembers it", async () => {
  const { server, home } = await setUp();
  await mkdir(home.path("in"));
  await writeFile(home.path("in", "app-v1.0.0-full-linux-x64.zip"), "one");
  await writeFile(home.path("in", "notes.txt"), "not a package");
  const args = ["publish", "--watch", "in", "--settle", "0.2", "--json"];
  const first = home.start(args);
  const lines = lineReader(first.child.stdout);
  expect(await lines.next()).toMatchObject({ state: "ready", version: "1.0.0" });
  await writeFile(home.path("in", "app-v1.0.0-to-v1.1.0-patch-linux-x64.zip"), "two");
  expect(await lines.next()).toMatchObject({ state: "ready", version: "1.1.0", package_type: "patch" });
  first.child.kill("SIGINT");
  expect((await first.done).code).toBe(0);

  const created = server.count("POST /api/v1/uploads");
  const second = home.start(args);
  const more = lineReader(second.child.stdout);
  await writeFile(home.path("in", "app-v1.2.0-full-linux-x64.zip"), "three");
  expect(await more.next()).toMatchObject({ version: "1.2.0" });
  second.child.kill("SIGTERM");
  expect((await second.done).code).toBe(0);
  expect(server.count("POST /api/v1/uploads") - created).toBe(2);
  expect(await readdir(home.path("state", "slipway", "watched"))).toHaveLength(1);
});

test("package names of the contract's pattern are read, others are not", () => {
  expect(parsePackageName("omega-v2.2.5-full-windows-x64.zip")).toEqual({
    software: "omega",
    version: "2.2.5",
    package_type: "full",
    platform: "windows",
    arch: "x64",
  });
  expect(parsePackageName("my-app-v1.0.0-beta.1-to-v1.0.0-patch-macos-arm64.tar.gz")).toMatchObject({
    software: "my-app",
    from_version: "1.0.0-beta.1",
    version: "1.0.0",
    package_type: "patch",
  });
  expect(parsePackageName("omega-v2.2.5-hotfix-20260102103000-linux-x86.AppImage")).toMatchObject({
    version: "2.2.5",
    package_type: "hotfix",
    platform: "linux",
    arch: "x86",
  });
  expect(parsePackageName("omega-v1.0.0.5-to-v2-patch-linux-x64.zip")).toMatchObject({
    software: "omega",
    from_version: "1.0.0.5",
    version: "2",
  });
  expect(parsePackageName("my-v8-engine-v2024.01.15+7-full-linux-x64.zip")).toMatchObject({
    software: "my-v8-engine",
    version: "2024.01.15+7",
  });
  const others = [
    "omega.zip",
    "omega-v2.2.5-full-windows-x64.zip.part",
    "omega-v2.2.5-patch-windows-x64.zip",
  ];
  for (const name of others) expect(parsePackageName(name)).toBeUndefined();
});

test("CSV: quotes, line ends within them, empty lines, a broken quote", () => {
  expect(parseCsv('a,b\n\n"x\ny","1,""2"""\r\n,z')).toEqual([
    ["a", "b"],
    ["x\ny", '1,"2"'],
    ["", "z"],
  ]);
  expect(() => parseCsv('a,b"c\n')).toThrow("has a quote out of place");
});

function lineReader(stream: NodeJS.ReadableStream) {
  const waiting: ((line: unknown) => void)[] = [];
  const ready: unknown[] = [];
  let rest = "";
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const parsed: unknown = JSON.parse(line);
      const taker = waiting.shift();
      if (taker === undefined) ready.push(parsed);
      else taker(parsed);
    }
  });
  return { next: async () => ready.shift() ?? new Promise<unknown>((taker) => waiting.push(taker)) };
}
