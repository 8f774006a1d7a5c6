import { expect, test } from "vitest";
import { digestOf, listingOf, rowsOf } from "./listings.ts";

const asset = (Version: string, Type: "Full" | "Delta", FileName: string, Size = 9) => ({
  PackageId: "App",
  Version,
  Type,
  FileName,
  SHA1: digestOf("sha1", FileName).toUpperCase(),
  SHA256: digestOf("sha256", FileName).toUpperCase(),
  Size,
});
const releases = (...Assets: object[]) => JSON.stringify({ Assets });

test("Velopack: fulls, and deltas from the version before theirs in the list; installers of the newest", () => {
  const { rows, skipped, found } = rowsOf(
    listingOf({
      "App-1.0.0-full.nupkg": 9,
      "App-1.1.0-full.nupkg": 9,
      "App-1.1.0-delta.nupkg": 5,
      "App-win-Setup.exe": 9,
      "App-win-Portable.zip": 9,
      RELEASES: "x",
      "assets.win.json": "[]",
      "releases.win.json": releases(
        asset("1.1.0", "Full", "App-1.1.0-full.nupkg"),
        asset("1.1.0", "Delta", "App-1.1.0-delta.nupkg", 5),
        asset("1.0.0", "Full", "App-1.0.0-full.nupkg"),
        asset("0.9.0", "Full", "App-0.9.0-full.nupkg"),
      ),
    }),
    { arch: "x64" },
  );
  expect(found.tools).toEqual(["Velopack"]);
  expect(rows).toEqual([
    "1.1.0 full windows x64 nupkg App-1.1.0-full.nupkg",
    "1.1.0 patch windows x64 nupkg App-1.1.0-delta.nupkg",
    "1.0.0 full windows x64 nupkg App-1.0.0-full.nupkg",
    "1.1.0 full windows x64 exe App-win-Setup.exe",
    "1.1.0 full windows x64 zip App-win-Portable.zip",
  ]);
  expect(found.packages[1]).toMatchObject({
    from_version: "1.0.0",
    digest: {
      algorithm: "sha256",
      hex: digestOf("sha256", "App-1.1.0-delta.nupkg"),
      by: "releases.win.json",
    },
  });
  expect(skipped).toEqual({ "App-0.9.0-full.nupkg": "releases.win.json lists it, but it is not here" });
});

test("Velopack: system, arch and channel from the channel's name; without an arch it is asked for", () => {
  const list = (name: string) =>
    rowsOf(
      listingOf({
        "App-1.0.0-full.nupkg": 9,
        [`releases.${name}.json`]: releases(asset("1.0.0", "Full", "App-1.0.0-full.nupkg")),
      }),
    ).found.packages[0];
  expect(list("win")).toMatchObject({ platform: "windows", arch: undefined });
  expect(list("osx-arm64")).toMatchObject({ platform: "macos", arch: "arm64" });
  expect(list("osx-arm64")?.channel).toBeUndefined();
  expect(list("linux-x64-beta")).toMatchObject({ platform: "linux", arch: "x64", channel: "beta" });
  expect(list("win-stable")?.channel).toBeUndefined();
});

test("Velopack: a delta that leads from nowhere is left out, a file of another size stops all", () => {
  const { skipped, found } = rowsOf(
    listingOf({
      "App-1.1.0-delta.nupkg": 9,
      "App-1.1.0-full.nupkg": 8,
      "releases.win.json": releases(
        asset("1.1.0", "Delta", "App-1.1.0-delta.nupkg"),
        asset("1.1.0", "Full", "App-1.1.0-full.nupkg"),
      ),
    }),
  );
  expect(skipped["App-1.1.0-delta.nupkg"]).toContain("no version that it leads from");
  expect(found.faults.map(({ text }) => text)).toEqual([
    expect.stringContaining("App-1.1.0-full.nupkg has 8 bytes"),
  ]);
});

test("Squirrel.Windows: RELEASES with its sums, and the installer beside it", () => {
  const sum = digestOf("sha1", "x");
  const { rows, found } = rowsOf(
    listingOf({
      RELEASES: `\uFEFF${sum.toUpperCase()} App-1.0.0-full.nupkg 9\r\n${sum} https://example.com/a/App-1.1.0-delta.nupkg 9\r\n${sum} App-1.1.0-full.nupkg 9 # 50%\r\n`,
      "App-1.0.0-full.nupkg": 9,
      "App-1.1.0-delta.nupkg": 9,
      "App-1.1.0-full.nupkg": 9,
      "App-1.1.0 Setup.exe": 9,
    }),
    { arch: "x64" },
  );
  expect(found.tools).toEqual(["Squirrel.Windows"]);
  expect(rows).toEqual([
    "1.0.0 full windows x64 nupkg App-1.0.0-full.nupkg",
    "1.1.0 patch windows x64 nupkg App-1.1.0-delta.nupkg",
    "1.1.0 full windows x64 nupkg App-1.1.0-full.nupkg",
    "1.1.0 full windows x64 exe App-1.1.0 Setup.exe",
  ]);
  expect(found.packages[1]).toMatchObject({ from_version: "1.0.0", digest: { algorithm: "sha1", hex: sum } });
});
