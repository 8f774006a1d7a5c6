import { describe, expect, test } from "vitest";
import { AppError } from "../../../functions/core/errors.ts";
import { message } from "../../../functions/core/locale/locale.ts";
import { asInvalidPlugin } from "../../../functions/plugins/invalid-plugins.ts";
import { readPluginPackage } from "../../../functions/plugins/package/read-package.ts";
import { sourceOf, zip, zipPieces, type EntrySpec } from "../../support/zip.ts";

const MANIFEST = {
  name: "com.example.myplugin",
  version: "1.0.0",
  main: "MyPlugin.dll",
  entryClass: "MyPlugin.PluginEntry",
};
const MAIN: EntrySpec = { name: "MyPlugin.dll", content: "MZ", stored: true };

function pack(manifest: unknown, ...files: EntrySpec[]): Buffer {
  return zip([{ name: "plugin.json", content: JSON.stringify(manifest) }, MAIN, ...files]);
}

const readBack = (manifest: unknown) => readPluginPackage(sourceOf(pack(manifest)));

async function refusalOf(bytes: Buffer): Promise<AppError> {
  const error = await readPluginPackage(sourceOf(bytes)).catch(asInvalidPlugin);
  if (error instanceof AppError) return error;
  throw new Error(`no refusal: ${String(error)}`);
}

describe("a manifest", () => {
  test("of no more than it must have", async () => {
    expect(await readBack(MANIFEST)).toEqual({
      ...MANIFEST,
      orderKey: expect.stringMatching(/~$/),
      isPrerelease: false,
      displayName: MANIFEST.name,
      description: "",
      author: "",
      license: "",
      homepage: "",
      changelog: "",
      dependencies: {},
      engines: {},
    });
  });

  test("of all that the contract shows", async () => {
    const full = {
      ...MANIFEST,
      version: "2.0.0-alpha.1",
      displayName: "我的插件",
      description: "插件描述\n第二行",
      author: "作者名",
      license: "MIT",
      homepage: "https://example.com",
      changelog: "更新内容",
      dependencies: { "com.other.plugin": ">=1.0.0" },
      engines: { MicroDock: ">=2.0.0" },
    };
    expect(await readBack({ ...full, future: 1 })).toEqual({
      ...full,
      orderKey: expect.any(String),
      isPrerelease: true,
    });
  });

  test.each([
    [{ microdock: ">=0.0.3.0" }, { microdock: ">=0.0.3.0" }],
    [">=0.0.3.0 <2", { MicroDock: ">=0.0.3.0 <2" }],
    [undefined, {}],
    [null, {}],
    ["", {}],
    [" ", {}],
    [">=2.0.0", { MicroDock: ">=2.0.0" }],
    [{}, {}],
    [
      { MicroDock: "", node: "^20 || ^22" },
      { MicroDock: "", node: "^20 || ^22" },
    ],
    [
      { MicroDock: ">=2.0.0", ".NET": ">=6.0.0", "C++": "*" },
      { MicroDock: ">=2.0.0", ".NET": ">=6.0.0", "C++": "*" },
    ],
  ])("engines %j are %j", async (engines, expected) => {
    expect((await readBack({ ...MANIFEST, engines })).engines).toEqual(expected);
  });

  test("null is as good as nothing, and a blank display name is none", async () => {
    const nothing = { description: null, homepage: null, changelog: null, dependencies: null };
    const manifest = await readBack({ ...MANIFEST, ...nothing, displayName: " " });
    expect(manifest).toMatchObject({ description: "", homepage: "", dependencies: {} });
    expect(manifest.displayName).toBe(MANIFEST.name);
  });

  test("versions that differ in build metadata have one place in the order", async () => {
    const built = await readBack({ ...MANIFEST, version: "1.0.0+build.5" });
    expect(built.version).toBe("1.0.0+build.5");
    expect(built.orderKey).toBe((await readBack(MANIFEST)).orderKey);
  });

  test("a byte order mark, and a main in a folder", async () => {
    const json = `\u{feff}${JSON.stringify({ ...MANIFEST, main: "bin/插件.dll" })}`;
    const bytes = zip([{ name: "bin/插件.dll" }, { name: "plugin.json", content: json, stored: true }]);
    expect((await readPluginPackage(sourceOf(bytes))).main).toBe("bin/插件.dll");
  });

  test("a main with backslashes, or a dot in front, is the path that is meant", async () => {
    for (const main of ["bin\\a.dll", ".\\bin\\a.dll", "./bin/a.dll"]) {
      const content = JSON.stringify({ ...MANIFEST, main });
      for (const name of ["bin/a.dll", "bin\\a.dll", "./bin/a.dll"]) {
        const bytes = zip([{ name }, { name: "plugin.json", content }]);
        expect((await readPluginPackage(sourceOf(bytes))).main).toBe("bin/a.dll");
      }
    }
  });

  test("names that objects inherit do no harm", async () => {
    const json = JSON.stringify({ ...MANIFEST, engines: { constructor: "1" } });
    const evil = json.replace("{", '{"__proto__":{"homepage":"https://evil","isAdmin":true},');
    const bytes = zip([MAIN, { name: "plugin.json", content: evil }]);
    const manifest = await readPluginPackage(sourceOf(bytes));
    expect(manifest).toMatchObject({ homepage: "", engines: { constructor: "1" } });
    expect(Object.getPrototypeOf(manifest.engines)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  test("the longest one, in escapes", async () => {
    const dependencies = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`com.${"x".repeat(116)}.n${index}`, `>=${"1".repeat(15)}`]),
    );
    const text = JSON.stringify({ ...MANIFEST, changelog: "日".repeat(60_000), dependencies });
    const content = text.replaceAll("日", "\\u65e5");
    const manifest = await readPluginPackage(sourceOf(zip([MAIN, { name: "plugin.json", content }])));
    expect(manifest.changelog).toBe("日".repeat(60_000));
    expect(Object.keys(manifest.dependencies)).toHaveLength(200);
  });
});

describe("what is refused, and in which words", () => {
  const json = (change: Record<string, unknown>) => pack({ ...MANIFEST, ...change });
  const raw = (content: string | Buffer) => zip([MAIN, { name: "plugin.json", content }]);
  const bad: [problem: string, what: string, bytes: Buffer][] = [
    ["the file is not a ZIP archive", "text", Buffer.from("plugin.json".repeat(9))],
    ["there is no plugin.json at the root of the archive", "none", zip([MAIN])],
    ["there is no plugin.json at the root of the archive", "a folder", zip([{ name: "plugin.json/" }])],
    [
      "plugin.json is not at the root of the archive but at P/plugin.json",
      "deeper",
      elsewhere("P/plugin.json"),
    ],
    ["plugin.json is not at the root of the archive but at Plugin.JSON", "by case", elsewhere("Plugin.JSON")],
    ["plugin.json is larger than 524288 bytes", "too large", raw(" ".repeat(524_289))],
    ["plugin.json is not UTF-8", "Latin-1", raw(Buffer.from([0x7b, 0xe4, 0x7d]))],
    ["plugin.json is not UTF-8", "UTF-16", raw(Buffer.from("\u{feff}{}", "utf16le"))],
    ["plugin.json ends before its JSON does", "nothing", raw("")],
    [
      "plugin.json is not JSON (look at line 1, column 41)",
      "half of it",
      raw(JSON.stringify(MANIFEST).slice(0, 40)),
    ],
    [
      "plugin.json is not JSON (look at line 1, column ",
      "a comment",
      raw(`${JSON.stringify(MANIFEST)} // no`),
    ],
    ["plugin.json must hold one JSON object", "a list", raw("[]")],
    ["plugin.json must hold one JSON object", "null", raw("null")],
    ["plugin.json must hold one JSON object", "depth", raw("[".repeat(200_000) + "]".repeat(200_000))],
    ["plugin.json lacks name", "no name", json({ name: undefined })],
    ["plugin.json lacks version", "null", json({ version: null })],
    ["plugin.json lacks main", "empty", json({ main: "" })],
    ["plugin.json lacks entryClass", "blank", json({ entryClass: " \u3000" })],
    ["version in plugin.json must be text", "a number", json({ version: 1 })],
    ["author in plugin.json must be text", "an object", json({ author: { name: "a" } })],
    ["name in plugin.json is longer than 128 characters", "long", json({ name: `a.${"b".repeat(127)}` })],
    ["version in plugin.json is longer than 64", "long", json({ version: `1.0.0+${"1".repeat(60)}` })],
    ["changelog in plugin.json is longer than 60000", "long", json({ changelog: "x".repeat(60_001) })],
    ["author in plugin.json has control characters", "a line feed", json({ author: "a\nb" })],
    ["description in plugin.json has control characters", "NUL", json({ description: "a\0b" })],
    ["main in plugin.json has control characters or broken", "surrogate", json({ main: "a\ud800" })],
    ["the name myplugin in plugin.json must have the form", "one label", json({ name: "myplugin" })],
    ["the name com..a in plugin.json", "an empty label", json({ name: "com..a" })],
    ["the name com.a. in plugin.json", "a dot behind", json({ name: "com.a." })],
    ["the name com.-a in plugin.json", "a hyphen first", json({ name: "com.-a" })],
    ["the name _com.a in plugin.json", "an underscore first", json({ name: "_com.a" })],
    ["the name com.插件 in plugin.json", "other letters", json({ name: "com.插件" })],
    ["the name ../com.a in plugin.json", "a path", json({ name: "../com.a" })],
    ["the name NUL.example in plugin.json", "a device", json({ name: "NUL.example" })],
    ["the name com1.example in plugin.json", "a port", json({ name: "com1.example" })],
    ["the version 1.0 in plugin.json must be", "two numbers", json({ version: "1.0" })],
    ["the version v1.0.0 in plugin.json must be", "v", json({ version: "v1.0.0" })],
    ["the version 1.0.0+ in plugin.json must be", "empty build", json({ version: "1.0.0+" })],
    ["the homepage javascript:alert(1) in", "a script", json({ homepage: "javascript:alert(1)" })],
    ["the homepage https:// in", "no host", json({ homepage: "https://" })],
    ["the homepage ftp://a.b in", "another scheme", json({ homepage: "ftp://a.b" })],
    ["the archive lacks Other.dll, which main", "no such file", json({ main: "Other.dll" })],
    ["the archive lacks myplugin.dll, which main", "another case", json({ main: "myplugin.dll" })],
    ["the archive lacks bin/a.dll", "a backslash", json({ main: "bin\\a.dll" })],
    ["the archive lacks lib/, which main", "a folder", pack({ ...MANIFEST, main: "lib/" }, { name: "lib/" })],
    ["dependencies in plugin.json must be an object", "a list", json({ dependencies: ["a.b"] })],
    ["dependencies in plugin.json must be an object", "text", json({ dependencies: "a.b" })],
    ["dependencies.a.b in plugin.json must be text", "a number", json({ dependencies: { "a.b": 1 } })],
    ["the dependency other in plugin.json", "one label", json({ dependencies: { other: "1" } })],
    ["the dependency __proto__ in", "inherited", raw(withProto())],
    [
      "itself (remove Com.Example.MyPlugin",
      "itself",
      json({ dependencies: { "Com.Example.MyPlugin": "1" } }),
    ],
    [
      "dependencies in plugin.json asks for a.b in latest",
      "a tag",
      json({ dependencies: { "a.b": "latest" } }),
    ],
    [
      "dependencies in plugin.json asks for a.b in >=1.0.0.0.0",
      "five",
      json({ dependencies: { "a.b": ">=1.0.0.0.0" } }),
    ],
    ["asks for a.b in 11111", "a long range", json({ dependencies: { "a.b": "1".repeat(201) } })],
    ["asks for a.b in 1 || 1", "many parts", json({ dependencies: { "a.b": "1 || ".repeat(32) } })],
    ["dependencies in plugin.json has more than 200", "201", json({ dependencies: manyNames(201) })],
    ["engines in plugin.json must be an object", "true", json({ engines: true })],
    ["engines in plugin.json has more than 20", "21", json({ engines: manyNames(21) })],
    ["engines in plugin.json asks for MicroDock in new", "a word", json({ engines: "new" })],
    ["the engine .. in plugin.json", "dots", json({ engines: { "..": "1" } })],
  ];
  test.each(bad)("%s (%s)", async (problem, _, bytes) => {
    const { code, params } = await refusalOf(bytes);
    expect(message("en", code, params)).toContain(problem);
    expect(message("en", code, params)).toMatch(/^This is not a valid plugin package: .+$/);
    expect(message("zh-CN", code, params)).toMatch(/^文件验证失败：.*\p{Script=Han}.*$/u);
  });

  test("all faults at once, up to a number", async () => {
    const names = Array.from({ length: 60 }, (_, index) => [`n${index}`, "newest"]);
    const { code, params } = await refusalOf(json({ version: "x", dependencies: Object.fromEntries(names) }));
    const told = message("en", code, params).split("; ");
    expect(told[0]).toContain("version x");
    expect(told.filter((one) => one.startsWith("the dependency n"))).toHaveLength(49);
    expect(told.at(-1)).toBe("and 71 more");
    expect(message("zh-CN", code, params)).toMatch(/；另有 71 处$/);
  });

  test("text of the package is cut, and kept from playing tricks", async () => {
    const long = await refusalOf(pack(MANIFEST, { name: `../${"💥".repeat(200)}` }));
    expect(message("en", "INVALID_PLUGIN", long.params)).toContain(`../${"💥".repeat(97)}… has a part`);
    const tricky = await refusalOf(pack(MANIFEST, { name: "../\u001b[31mred\u202e" }));
    expect(message("en", "INVALID_PLUGIN", tricky.params)).toContain("\u{fffd}[31mred\u{fffd}");
  });

  test("what the source throws is no fault of the package", async () => {
    const read = () => Promise.reject(new Error("the bucket is away"));
    await expect(readPluginPackage({ size: 100, read })).rejects.toThrow("the bucket is away");
  });
});

test("a hundred MiB take few reads and few bytes", async () => {
  const files = Array.from({ length: 800 }, (_, index) => ({
    name: `resources/image-${index}.png`,
    content: 1,
  }));
  const manifest: EntrySpec = {
    name: "plugin.json",
    content: JSON.stringify(MANIFEST),
    descriptor: "signed",
  };
  const main: EntrySpec = { name: "MyPlugin.dll", content: 100 * 1024 * 1024 };
  const source = sourceOf(...zipPieces([manifest, main, ...files]));
  expect((await readPluginPackage(source)).name).toBe(MANIFEST.name);
  expect(source.reads).toBeLessThanOrEqual(5);
  expect(source.bytes).toBeLessThanOrEqual(200 * 1024);
});

function elsewhere(name: string): Buffer {
  return zip([MAIN, { name, content: JSON.stringify(MANIFEST) }]);
}

function withProto(): string {
  return JSON.stringify({ ...MANIFEST, dependencies: {} }).replace("{}", '{"__proto__":"1"}');
}

function manyNames(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`com.example.p${index}`, "1"]));
}
