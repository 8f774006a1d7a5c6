import { describe, expect, test } from "vitest";
import { readElectronFeed, renderElectron } from "../../functions/feeds/dialects/electron.ts";
import { kernelVersion } from "../../functions/feeds/dialects/kernel-versions.ts";
import type { FeedFile } from "../../functions/feeds/feed-releases.ts";
import { feedFile, feedRelease } from "../support/feeds.ts";

const windows = {
  channel: "stable",
  platform: "windows",
  arches: ["universal", "x86", "x64", "arm64"],
} as const;
const mac = { channel: "stable", platform: "macos", arches: ["universal", "x64", "arm64"] } as const;
const linux = { channel: "stable", platform: "linux", arches: ["x64"] } as const;

type Feed = {
  version: string;
  files: { url: string; sha512: string; size: number }[];
  path: string;
  sha512: string;
} & Record<string, unknown>;

const exe = (more: Partial<FeedFile> = {}) => feedFile({ format: "exe", fileName: "a.exe", ...more });
const read = (text: string | null) => (text === null ? null : (JSON.parse(text) as Feed));
const said = (...versions: [string, Partial<FeedFile>[]][]) =>
  read(
    renderElectron(
      versions.map(([version, files]) => feedRelease(version, files.map(exe))),
      windows,
    ),
  );

describe("the name of a feed", () => {
  test.for([
    ["latest.yml", "stable", "windows", windows.arches],
    ["latest-mac.yml", "stable", "macos", mac.arches],
    ["latest-linux.yml", "stable", "linux", ["x64", "universal"]],
    ["latest-linux-arm64.yml", "stable", "linux", ["arm64", "universal"]],
    ["latest-linux-arm.yml", "stable", "linux", ["armv7", "universal"]],
    ["latest-linux-armv7l.yml", "stable", "linux", ["armv7", "universal"]],
    ["latest-linux-ia32.yml", "stable", "linux", ["x86", "universal"]],
    ["beta.yml", "beta", "windows", windows.arches],
    ["alpha-mac.yml", "alpha", "macos", mac.arches],
    ["rc-linux-arm64.yml", "rc", "linux", ["arm64", "universal"]],
    ["early-access.yml", "early-access", "windows", windows.arches],
    ["early-access-mac.yml", "early-access", "macos", mac.arches],
    ["macaroni.yml", "macaroni", "windows", windows.arches],
  ] as const)("%s is the channel %s of %s", ([name, channel, platform, arches]) => {
    expect(readElectronFeed(name)).toEqual({ channel, platform, arches });
  });

  test.for([
    "latest",
    "latest.yaml",
    "latest.yml.blockmap",
    "Latest.yml",
    ".yml",
    "-mac.yml",
    "-linux.yml",
    "1.yml",
    "latest mac.yml",
    "latest-linux-riscv64.yml",
    "latest-linux-loong64.yml",
    "latest-linux-constructor.yml",
    "omega-v1.0.0-full-windows-x64.exe",
  ])("%s is none", (name) => {
    expect(readElectronFeed(name)).toBeNull();
  });
});

describe("what a feed says", () => {
  test("is the newest release, with the sums in base64 and names beside the feed", () => {
    const sha512 = "ab".repeat(64);
    const feed = said(["1.1.0", [{ sha512, size: 7 }]], ["1.0.0", [{ fileName: "old.exe" }]]);
    const sum = Buffer.from(sha512, "hex").toString("base64");
    expect(feed).toEqual({
      version: "1.1.0",
      files: [{ url: "a.exe", sha512: sum, size: 7 }],
      path: "a.exe",
      sha512: sum,
      releaseDate: "2026-01-01T00:00:00.000Z",
    });
  });

  test("has what is known beside the bytes", () => {
    const files = [
      exe({ requiresAdmin: true, blockMapSize: 99, isCritical: true, minOsVersion: "10.0.19041" }),
    ];
    const feed = read(renderElectron([{ ...feedRelease("1.1.0", files), description: "better" }], windows));
    expect(feed).toMatchObject({
      files: [{ isAdminRightsRequired: true, blockMapSize: 99 }],
      isCritical: true,
      minimumSystemVersion: "10.0.19041",
      releaseNotes: "better",
    });
    const noted = read(renderElectron([{ ...feedRelease("1.1.0", files), notes: "## new" }], windows));
    expect(noted?.releaseNotes).toBe("## new");
  });

  test.for(["1.1", "1.1.0.4", "01.1.0", "2026.01.02", "1.1.0-beta.01"])(
    "%s is no SemVer, and the release below it is said",
    (version) => {
      expect(said([version, [{}]], ["1.0.0", [{}]])?.version).toBe("1.0.0");
      expect(said([version, [{}]])).toBeNull();
    },
  );

  test.for(["1.1.0-beta.1", "1.1.0+5", "1.1.0-rc.1+exp.sha"])("%s is said as it is", (version) => {
    expect(said([version, [{}]])?.version).toBe(version);
  });

  test("a release waits for the SHA-512 of all its files", () => {
    expect(said(["1.1.0", [{}, { arch: "arm64", sha512: "" }]], ["1.0.0", [{}]])?.version).toBe("1.0.0");
    expect(said(["1.1.0", [{ sha512: "" }]])).toBeNull();
  });

  test("patches and other formats are no installers", () => {
    expect(said(["1.1.0", [{ type: "patch" }]], ["1.0.0", [{}]])?.version).toBe("1.0.0");
    expect(said(["1.1.0", [{ format: "msi" }, { format: "zip" }]])).toBeNull();
    expect(read(renderElectron([], windows))).toBeNull();
  });

  test("what runs on most devices comes first, for that is what one without its own takes", () => {
    const names = (...arches: FeedFile["arch"][]) =>
      said(["1.1.0", arches.map((arch) => ({ arch, fileName: arch }))])?.files.map(({ url }) => url);
    expect(names("arm64", "x64", "universal")).toEqual(["universal", "x64", "arm64"]);
    expect(names("arm64", "x64", "x86")).toEqual(["x86", "x64", "arm64"]);
  });

  test("macOS updates by zip: a dmg stands beside it and is not enough", () => {
    const dmg = feedFile({ format: "dmg", fileName: "a.dmg", arch: "universal" });
    const zip = feedFile({ format: "zip", fileName: "a.zip", arch: "arm64" });
    const feed = read(renderElectron([feedRelease("1.1.0", [dmg, zip])], mac));
    expect(feed).toMatchObject({ files: [{ url: "a.dmg" }, { url: "a.zip" }], path: "a.zip" });
    expect(renderElectron([feedRelease("1.1.0", [dmg])], mac)).toBeNull();
  });

  test("Linux has a file for each kind of package, the AppImage first", () => {
    const files = ["pacman", "rpm", "deb", "appimage", "tar.gz"].map((format) =>
      feedFile({ format, fileName: `a.${format}` }),
    );
    const feed = read(renderElectron([feedRelease("1.1.0", files)], linux));
    expect(feed?.files.map(({ url }) => url)).toEqual(["a.appimage", "a.deb", "a.rpm", "a.pacman"]);
    expect(feed?.path).toBe("a.appimage");
  });
});

describe("the oldest system", () => {
  test.for([
    ["macos", "10.15.7", "19.0.0"],
    ["macos", "11", "20.0.0"],
    ["macos", "14.2", "23.0.0"],
    ["macos", "15.0.0", "24.0.0"],
    ["macos", "26.1", "25.0.0"],
    ["windows", "10", "10.0.0"],
    ["windows", "10.0.19041", "10.0.19041"],
    ["windows", "11", "10.0.22000"],
    ["windows", "6.1", "6.1.0"],
    ["windows", null, null],
    ["macos", "0", null],
    ["linux", "22.04", null],
  ] as const)("of %s, %s, is the kernel %s", ([platform, version, expected]) => {
    expect(kernelVersion(platform, version)).toBe(expected);
  });
});
