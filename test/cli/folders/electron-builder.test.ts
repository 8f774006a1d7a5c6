import { expect, test } from "vitest";
import { digestOf, listingOf, rowsOf } from "./listings.ts";

const sha512 = digestOf("sha512", "the bytes", "base64");
const hex = digestOf("sha512", "the bytes");

/** A description as electron-builder writes it. */
const yml = (version: string, files: Record<string, string>): string =>
  [
    `version: ${version}`,
    "files:",
    ...Object.entries(files).map(([url, more]) => `  - url: ${url}\n    sha512: ${sha512}\n${more}`),
    `path: ${Object.keys(files)[0]}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-29T08:00:00.000Z'",
  ].join("\n");

test("what the descriptions name is published, each with all that they say of it", () => {
  const listing = listingOf(
    {
      "builder-debug.yml": "x64:\n  firstOrDefaultFilePatterns: []\n",
      "App Setup 1.2.0.exe": 9,
      "App Setup 1.2.0.exe.blockmap": 3,
      "App-1.2.0-arm64-mac.zip": 9,
      "App-1.2.0-arm64-mac.zip.blockmap": 3,
      "App-1.2.0-arm64.dmg": 9,
      "App-1.2.0.AppImage": 9,
      "app_1.2.0_amd64.deb": 9,
      "App-1.2.0-arm64.AppImage": 9,
      "latest.yml": yml("1.2.0", { "App-Setup-1.2.0.exe": "    size: 9\n    isAdminRightsRequired: true" }),
      "latest-mac.yml": yml("1.2.0", {
        "App-1.2.0-arm64-mac.zip": "    size: 9",
        "App-1.2.0-arm64.dmg": "    size: 9",
      }),
      "latest-linux.yml": yml("1.2.0", {
        "App-1.2.0.AppImage": "    blockMapSize: 777",
        "app_1.2.0_amd64.deb": "",
      }),
      "latest-linux-arm64.yml": yml("1.2.0", { "App-1.2.0-arm64.AppImage": "    blockMapSize: 778" }),
    },
    "/build/dist",
    ["win-unpacked"],
  );
  const { rows, skipped, found } = rowsOf(listing);
  expect(found.tools).toEqual(["electron-builder"]);
  expect(rows.toSorted()).toEqual([
    "1.2.0 full linux arm64 appimage App-1.2.0-arm64.AppImage",
    "1.2.0 full linux x64 appimage App-1.2.0.AppImage",
    "1.2.0 full linux x64 deb app_1.2.0_amd64.deb",
    "1.2.0 full macos arm64 dmg App-1.2.0-arm64.dmg",
    "1.2.0 full macos arm64 zip App-1.2.0-arm64-mac.zip",
    "1.2.0 full windows x64 exe App Setup 1.2.0.exe",
  ]);
  expect(skipped).toEqual({});
  const exe = found.packages.find(({ format }) => format === "exe");
  expect(exe).toMatchObject({
    requires_admin: true,
    digest: { algorithm: "sha512", hex, by: "latest.yml" },
    companions: [{ path: "App Setup 1.2.0.exe.blockmap", role: "blockmap" }],
  });
  const sizes = found.packages.map((one) => [one.path, one.block_map_size] as const);
  expect(Object.fromEntries(sizes)).toMatchObject({
    "App-1.2.0.AppImage": 777,
    "App-1.2.0-arm64.AppImage": 778,
    "app_1.2.0_amd64.deb": undefined,
  });
});

test("a name without an arch is x64, and that is said; an installer for several archs has to be told", () => {
  const content = { "App Setup 1.0.0.exe": 9, "latest.yml": yml("1.0.0", { "App Setup 1.0.0.exe": "" }) };
  const alone = rowsOf(listingOf(content));
  expect(alone.rows).toEqual(["1.0.0 full windows x64 exe App Setup 1.0.0.exe"]);
  expect(alone.found.packages[0]?.remark?.text).toContain("--arch");
  expect(rowsOf(listingOf(content), { arch: "arm64" }).rows[0]).toContain(" arm64 ");
  expect(rowsOf(listingOf(content, "/build/dist", ["win-arm64-unpacked"])).rows[0]).toContain(" arm64 ");
  const several = rowsOf(listingOf(content, "/build/dist", ["win-unpacked", "win-ia32-unpacked"]));
  expect(several.rows).toEqual(["1.0.0 full windows ? exe App Setup 1.0.0.exe"]);
  expect(several.found.packages[0]?.remark?.text).toContain("x64 / x86");
});

test("a file that is not as described stops all, one that is missing or left over is named", () => {
  const { found, rows, skipped } = rowsOf(
    listingOf({
      "App-1.0.0-x64.exe": 10,
      "App-0.9.0-x64.exe": 9,
      "App-1.0.0-x64.msi": 9,
      "App-1.0.0-portable.exe": 9,
      "App-1.0.0-arm64.exe.blockmap": 9,
      "latest.yml": yml("1.0.0", { "App-1.0.0-x64.exe": "    size: 9", "App-1.0.0-arm64.exe": "" }),
    }),
  );
  expect(found.faults.map(({ text }) => text)).toEqual([
    expect.stringContaining("App-1.0.0-x64.exe has 10 bytes, and latest.yml says 9"),
  ]);
  expect(rows).toEqual([]);
  expect(skipped).toMatchObject({
    "App-1.0.0-arm64.exe": "latest.yml names it, but it is not here",
    "App-1.0.0-arm64.exe.blockmap": expect.stringContaining("is not here") as string,
    "App-1.0.0-portable.exe": expect.stringContaining("electron-builder tells no updater of it") as string,
  });
});

test("what no updater is told of joins where its name tells all and no other is in its place", () => {
  const { rows, skipped } = rowsOf(
    listingOf({
      "App-1.0.0-x64.exe": 9,
      "App-1.0.0-win-x64.msi": 9,
      "App-1.0.0-portable-x64.exe": 9,
      "App-0.9.0-x64.exe": 9,
      "latest.yml": yml("1.0.0", { "App-1.0.0-x64.exe": "" }),
    }),
  );
  expect(rows).toEqual([
    "1.0.0 full windows x64 exe App-1.0.0-x64.exe",
    "1.0.0 full windows x64 msi App-1.0.0-win-x64.msi",
  ]);
  expect(skipped["App-1.0.0-portable-x64.exe"]).toContain(
    "App-1.0.0-x64.exe is the .exe of 1.0.0 for windows x64",
  );
  expect(skipped["App-0.9.0-x64.exe"]).toContain("tells no updater of it");
});

test.each([
  ["1.0.0-beta.2", "beta", undefined],
  ["1.0.0", "beta", "beta"],
  ["1.0.0", "latest", undefined],
])("%s in %s.yml is on the channel that the description is of", (version, channel, expected) => {
  const name = `App-${version}-x64.exe`;
  const { found } = rowsOf(listingOf({ [name]: 9, [`${channel}.yml`]: yml(version, { [name]: "" }) }));
  expect(found.packages).toMatchObject([{ version }]);
  expect(found.packages[0]?.channel).toBe(expected);
});

test("a release that stands in the descriptions of all channels is stable", () => {
  const description = yml("1.0.0", { "App-1.0.0-x64.exe": "" });
  const content = { "alpha.yml": description, "beta.yml": description, "latest.yml": description };
  const { found } = rowsOf(listingOf({ "App-1.0.0-x64.exe": 9, ...content }));
  expect(found.packages).toHaveLength(1);
  expect(found.packages[0]?.channel).toBeUndefined();
});

test("other YAML is no description, and a broken one is not read", () => {
  const { found } = rowsOf(
    listingOf({ "app-1.0.0-linux-x64.zip": 9, "config.yml": "version: 3\njobs: []\n", "latest.yml": "a: [" }),
  );
  expect(found.tools).toEqual(["file names"]);
});

test("a tool is named where packages are known by it, and a file at fault is told of once", () => {
  const described = { "latest.yml": yml("1.0.0", { "App-1.0.0-x64.exe": "" }) };
  const missing = rowsOf(listingOf({ ...described, "app-0.9.0-linux-x64.zip": 9 }));
  expect(missing.found.tools).toEqual([]);
  expect(missing.skipped).toEqual({
    "App-1.0.0-x64.exe": "latest.yml names it, but it is not here",
    "app-0.9.0-linux-x64.zip":
      "electron-builder tells no updater of it, and its name does not say that it is of the same build; publish it by itself if it is wanted",
  });
  const beside = rowsOf(
    listingOf({ ...described, "App-1.0.0-x64.exe": 9, "app-1.0.0-linux-x64.zip": 9, "notes.txt": 9 }),
  );
  expect(beside.found.tools).toEqual(["electron-builder", "file names"]);
  const sized = "version: 1.0.0\nfiles:\n  - url: App-1.0.0-x64.exe\n    size: 10\n";
  const faulty = rowsOf(listingOf({ "latest.yml": sized, "App-1.0.0-x64.exe": 9 }));
  expect(faulty.found).toMatchObject({ tools: [], packages: [], skipped: [] });
  expect(faulty.found.faults.map(({ code }) => code)).toEqual(["sizeBuild"]);
});
