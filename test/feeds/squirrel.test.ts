import { describe, expect, test } from "vitest";
import {
  renderReleases,
  renderReleasesJson,
  renderSquirrelMac,
  squirrelZip,
} from "../../functions/feeds/dialects/squirrel.ts";
import type { FeedFile, FeedRelease } from "../../functions/feeds/feed-releases.ts";
import { file, release, urlOf } from "./feed-data.ts";

const zip = (more: Partial<FeedFile> = {}) => file({ format: "zip", ...more });
const arches = ["arm64", "universal"] as const;

describe("Squirrel.Mac", () => {
  const update = {
    version: "2.0.0",
    url: "https://updates.test/app.zip",
    name: "2.0.0",
    notes: "New",
    // It reads no fractions of a second.
    pub_date: "2026-11-05T07:08:09Z",
  };

  test("is told of a zip", () => {
    const newest = release("2.0.0", [zip({ arch: "arm64" })], { description: "New" });
    expect(JSON.parse(renderSquirrelMac(newest, zip(), urlOf))).toEqual(update);
    expect(JSON.parse(renderReleasesJson([newest], arches, urlOf) ?? "")).toEqual({
      currentRelease: "2.0.0",
      releases: [{ version: "2.0.0", updateTo: update }],
    });
  });

  test("is told of the newest release that has one for its arch", () => {
    const releases = [
      release("4.0.0", [file({ format: "dmg", arch: "arm64" })]),
      release("3.0.0", [zip({ arch: "x64" })]),
      release("2.0.0", [zip({ arch: "universal" })]),
    ];
    expect(releases.map((one) => squirrelZip(one, arches)?.arch)).toEqual([
      undefined,
      undefined,
      "universal",
    ]);
    expect(JSON.parse(renderReleasesJson(releases, arches, urlOf) ?? "")).toMatchObject({
      currentRelease: "2.0.0",
    });
    expect(renderReleasesJson(releases.slice(0, 2), arches, urlOf)).toBeNull();
  });
});

describe("RELEASES of Squirrel.Windows", () => {
  const full = (version: string) =>
    file({ format: "nupkg", fileName: `app-v${version}-full-windows-x64.nupkg` });
  const delta = (from: string, version: string) => ({
    ...file({ format: "nupkg", type: "patch", size: 10, fromVersion: from }),
    fileName: `app-v${from}-to-v${version}-patch-windows-x64.nupkg`,
  });
  const releases = [
    release("1.2.0", [full("1.2.0"), delta("1.1.0", "1.2.0")]),
    release("1.1.0", [full("1.1.0"), delta("1.0.0", "1.1.0")]),
    release("1.0.0", [full("1.0.0")]),
  ];
  const lines = (of: FeedRelease[], local?: string) =>
    renderReleases(of, ["x64"], local, urlOf)?.split("\n") ?? null;

  /** How Squirrel.Windows reads a line, and a version out of a file name. */
  const read = (line: string) => {
    const [, sha1, url = "", size] = /^([0-9a-fA-F]{40})\s+(\S+)\s+(\d+)$/.exec(line) ?? [];
    const name = new URL(url).pathname.split("/").at(-1) ?? "";
    const [version] =
      /\d+(\.\d+){0,3}(-[a-z][0-9a-z-]*)?$/.exec(name.replace(/(-full|-delta)?\.nupkg$/, "")) ?? [];
    return { sha1, size, version, isDelta: name.endsWith("-delta.nupkg") };
  };

  test("has lines that its client reads", () => {
    expect(lines(releases, "1.0.0")?.map(read)).toEqual([
      { sha1: "A1".repeat(20), size: "10", version: "1.1.0", isDelta: true },
      { sha1: "A1".repeat(20), size: "10", version: "1.2.0", isDelta: true },
      { sha1: "A1".repeat(20), size: "1000", version: "1.2.0", isDelta: false },
    ]);
  });

  test("has no deltas for who does not say its version, or is on another way", () => {
    for (const local of [undefined, "0.5.0", "1.2.0"])
      expect(lines(releases, local)?.map(read), String(local)).toMatchObject([
        { version: "1.2.0", isDelta: false },
      ]);
  });

  test("leaves out versions that cannot be read out of a name", () => {
    const beta = [
      release("2.0.0-beta.1", [full("2.0.0-beta.1")]),
      release("2.0.0-beta", [full("2.0.0-beta")]),
    ];
    expect(lines([...beta, ...releases])?.map(read)).toMatchObject([{ version: "2.0.0-beta" }]);
    expect(lines(beta.slice(0, 1))).toBeNull();
    expect(lines([])).toBeNull();
  });
});
