import { describe, expect, test } from "vitest";
import { nupkgName, storedNupkgName } from "../../functions/feeds/dialects/nupkgs.ts";
import { readVelopackFeed, renderVelopack } from "../../functions/feeds/dialects/velopack.ts";
import type { FeedFile, FeedRelease } from "../../functions/feeds/feed-releases.ts";
import { file, release } from "./feed-data.ts";

const full = (more: Partial<FeedFile> = {}) => file({ format: "nupkg", ...more });
const delta = (fromVersion: string, size = 10, more: Partial<FeedFile> = {}) =>
  file({ format: "nupkg", type: "patch", fromVersion, size, ...more });

/** Releases 1.0.0, 1.1.0 ... 1.`last`.0, newest first, each with a delta from the one before. */
const chain = (last: number, size = 10): FeedRelease[] =>
  Array.from({ length: last + 1 }, (_, minor) =>
    release(`1.${minor}.0`, minor === 0 ? [full()] : [full(), delta(`1.${minor - 1}.0`, size)]),
  ).toReversed();

const feed = { platform: "windows", arches: ["x64", "universal"], channel: "stable" } as const;

type Asset = Record<"PackageId" | "Version" | "Type" | "FileName" | "SHA1" | "SHA256", string>;
const assetsOf = (releases: FeedRelease[], localVersion?: string) =>
  (JSON.parse(renderVelopack(releases, feed, { localVersion, id: "App" })) as { Assets: Asset[] }).Assets;
const kinds = (releases: FeedRelease[], localVersion?: string) =>
  assetsOf(releases, localVersion).map(({ Type, Version }) => `${Type} ${Version}`);

describe("the name of a feed", () => {
  test.each([
    ["releases.win.json", "windows", "x64", "stable"],
    ["releases.osx.json", "macos", "x64", "stable"],
    ["releases.linux.json", "linux", "x64", "stable"],
    ["releases.win-beta.json", "windows", "x64", "beta"],
    ["releases.osx-arm64.json", "macos", "arm64", "stable"],
    ["releases.linux-arm64-nightly.json", "linux", "arm64", "nightly"],
  ])("%s", (name, platform, arch, channel) => {
    expect(readVelopackFeed(name)).toEqual({ platform, arches: [arch, "universal"], channel });
  });

  test.each(["releases.amiga.json", "releases.json", "RELEASES", "app.nupkg", "releases.win-Beta.json"])(
    "%s is none",
    (name) => {
      expect(readVelopackFeed(name)).toBeNull();
    },
  );
});

describe("deltas", () => {
  test("are listed where they lead from the client's version without a gap", () => {
    expect(kinds(chain(3), "1.1.0")).toEqual(["Full 1.3.0", "Delta 1.2.0", "Delta 1.3.0"]);
  });

  test("are none for a client that does not say its version, or is not on the chain, or says nonsense", () => {
    for (const local of [undefined, "1.3.0", "9.0.0", "0.9.0", "", "new"])
      expect(kinds(chain(3), local), String(local)).toEqual(["Full 1.3.0"]);
  });

  test("are none where one is missing, is of another arch, or has no hashes yet", () => {
    const releases = (second: FeedFile[]) => [
      release("1.2.0", [full(), delta("1.1.0")]),
      release("1.1.0", [full(), ...second]),
      release("1.0.0", [full()]),
    ];
    expect(kinds(releases([delta("1.0.0")]), "1.0.0")).toHaveLength(3);
    for (const second of [
      [],
      [delta("1.0.0", 10, { arch: "arm64" })],
      [delta("1.0.0", 10, { sha1: "" })],
      [delta("1.0.0", 10, { format: "zip" })],
    ])
      expect(kinds(releases(second), "1.0.0")).toEqual(["Full 1.2.0"]);
  });

  test("are none where there are more than ten, or together they are not smaller than the full package", () => {
    expect(kinds(chain(10), "1.0.0")).toHaveLength(11);
    expect(kinds(chain(11), "1.0.0")).toEqual(["Full 1.11.0"]);
    expect(kinds(chain(3, 333), "1.0.0")).toHaveLength(4);
    expect(kinds(chain(4, 250), "1.0.0")).toEqual(["Full 1.4.0"]);
  });

  test("go straight from the client's version where one does", () => {
    const releases = [release("1.2.0", [full(), delta("1.1.0"), delta("1.0.0")]), release("1.1.0", [full()])];
    expect(kinds(releases, "1.0.0")).toEqual(["Full 1.2.0", "Delta 1.2.0"]);
  });
});

describe("an asset", () => {
  test("has digests in upper case, the client's own name of the package, and a name of its form", () => {
    const name = { fileName: "omega-v1.0.0-full-windows-x64.nupkg" };
    const [asset] = assetsOf([release("1.0.0", [full(name)], { notes: "# New" })]);
    expect(asset).toEqual({
      PackageId: "App",
      Version: "1.0.0",
      Type: "Full",
      FileName: "omega-v1.0.0-full-windows-x64~1.0.0-full.nupkg",
      SHA1: "A1".repeat(20),
      SHA256: "B2".repeat(32),
      Size: 1000,
      NotesMarkdown: "# New",
    });
  });

  test("is of the newest version that a client can read and that has its hashes", () => {
    const unready = full({ sha1: "" });
    const releases = [
      release("4.0.0.1", [full()]),
      release("3.0.0", [unready]),
      release("2.0.0", [file({ format: "zip" })]),
      release("1.0.0", [full()]),
    ];
    expect(kinds(releases)).toEqual(["Full 1.0.0"]);
    expect(kinds([])).toEqual([]);
  });

  test.each(["1.0.0", "1.0.0-beta.1", "1.0.0-x-y", "2.0.0-1-full"])(
    "is found again by its name: %s",
    (version) => {
      for (const type of ["full", "patch"] as const) {
        const stored = `a_b-v${version}-${type}-windows-x64.nupkg`;
        const named = nupkgName({ release: release(version, []), file: full({ type, fileName: stored }) });
        expect(named).toMatch(type === "full" ? /-full\.nupkg$/ : /-delta\.nupkg$/);
        expect(encodeURIComponent(named)).toBe(named);
        expect(storedNupkgName(named)).toBe(stored);
        expect(storedNupkgName(stored)).toBe(stored);
      }
    },
  );
});
