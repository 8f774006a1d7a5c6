import { describe, expect, test } from "vitest";
import {
  readTauriTarget,
  renderTauri,
  renderTauriStatic,
  tauriFile,
} from "../../functions/feeds/dialects/tauri.ts";
import type { FeedFile } from "../../functions/feeds/feed-releases.ts";
import { minisignFile } from "../support/releases.ts";
import { file, release, urlOf } from "./feed-data.ts";

const signed = (format: string, more: Partial<FeedFile> = {}) =>
  file({ format, signature: minisignFile(), ...more });

describe("what an updater asks for", () => {
  test.each([
    ["linux", "x86_64", undefined, { platform: "linux", arch: "x64", installer: undefined }],
    ["windows", "i686", undefined, { platform: "windows", arch: "x86", installer: undefined }],
    ["darwin", "aarch64", undefined, { platform: "macos", arch: "arm64", installer: undefined }],
    ["macos", "aarch64", undefined, { platform: "macos", arch: "arm64", installer: undefined }],
    ["linux", "armv7", undefined, { platform: "linux", arch: "armv7", installer: undefined }],
    ["windows-x86_64-nsis", "x86_64", undefined, { platform: "windows", arch: "x64", installer: "nsis" }],
    ["linux", "x86_64", "AppImage", { platform: "linux", arch: "x64", installer: "appimage" }],
  ])("%s on %s with bundle %s", (target, arch, bundle, expected) => {
    expect(readTauriTarget(target, arch, bundle)).toEqual(expected);
  });

  test.each([
    ["beos", "x86_64"],
    ["linux", "sparc"],
    ["", ""],
    ["constructor", "toString"],
  ])("%s on %s is no target", (target, arch) => {
    expect(readTauriTarget(target, arch)).toBeNull();
  });
});

describe("the package for a target", () => {
  const target = (system: string, arch: string, bundle?: string) => {
    const read = readTauriTarget(system, arch, bundle);
    if (!read) throw new Error("no target");
    return read;
  };

  test("is of the installer that the app came with, else of the usual one", () => {
    const windows = release("2.0.0", [signed("msi"), signed("exe")]);
    const format = (bundle?: string) => tauriFile(windows, target("windows", "x86_64", bundle))?.format;
    expect([format(), format("nsis"), format("msi"), format("wix")]).toEqual(["exe", "exe", "msi", "msi"]);
    expect(format("deb")).toBeUndefined();
    const linux = release("2.0.0", [signed("rpm"), signed("deb"), signed("appimage")]);
    const linuxFormat = (bundle?: string) => tauriFile(linux, target("linux", "x86_64", bundle))?.format;
    expect([linuxFormat(), linuxFormat("deb"), linuxFormat("rpm")]).toEqual(["appimage", "deb", "rpm"]);
  });

  test("is its own arch's before the universal one, and never another's", () => {
    const both = [signed("app.tar.gz", { arch: "universal" }), signed("app.tar.gz", { arch: "arm64" })];
    const arch = (files: FeedFile[], name: string) =>
      tauriFile(release("2.0.0", files), target("darwin", name))?.arch;
    expect([arch(both, "aarch64"), arch(both, "x86_64")]).toEqual(["arm64", "universal"]);
    expect(arch([signed("app.tar.gz", { arch: "arm64" })], "x86_64")).toBeUndefined();
  });

  test("is signed, full, and of a version in SemVer", () => {
    const linux = target("linux", "x86_64");
    expect(tauriFile(release("2.0.0", [file({ format: "appimage" }), signed("deb")]), linux)?.format).toBe(
      "deb",
    );
    expect(tauriFile(release("2.0.0", [file({ format: "appimage" })]), linux)).toBeUndefined();
    expect(tauriFile(release("2.0.0", [signed("appimage", { type: "patch" })]), linux)).toBeUndefined();
    expect(tauriFile(release("2.0.0.1", [signed("appimage")]), linux)).toBeUndefined();
  });
});

describe("the answer", () => {
  test("has what Tauri and cargo-packager read, and the whole signature file in base64", () => {
    const appimage = signed("appimage");
    const answer = JSON.parse(renderTauri(release("2.0.0", [], { notes: "New" }), appimage, urlOf)) as object;
    expect(answer).toEqual({
      version: "2.0.0",
      url: "https://updates.test/app.appimage",
      signature: Buffer.from(minisignFile()).toString("base64"),
      notes: "New",
      pub_date: "2026-11-05T07:08:09.123Z",
      format: "appimage",
    });
  });

  test("leaves a signature that Tauri's signer encoded as it is", () => {
    const signature = Buffer.from(minisignFile()).toString("base64");
    const answer = renderTauri(release("2.0.0", []), signed("exe", { signature: `${signature}\n` }), urlOf);
    expect(JSON.parse(answer)).toMatchObject({ signature, format: "nsis" });
    expect(JSON.parse(answer)).not.toHaveProperty("notes");
  });
});

describe("the static list", () => {
  test("tells the newest signed release with every platform that has it", () => {
    const releases = {
      windows: [
        release("2.0.0", [signed("exe"), signed("msi", { fileName: "app.msi" })]),
        release("1.0.0", [signed("exe")]),
      ],
      macos: [release("2.0.0", [signed("app.tar.gz", { arch: "universal" })])],
      linux: [release("3.0.0", [file({ format: "appimage" })]), release("1.0.0", [signed("appimage")])],
    };
    const list = JSON.parse(renderTauriStatic(releases, urlOf) ?? "") as {
      version: string;
      platforms: Record<string, { url: string; signature: string }>;
    };
    expect(list.version).toBe("2.0.0");
    expect(Object.keys(list.platforms).toSorted()).toEqual(
      [
        "windows-x86_64",
        "windows-x86_64-msi",
        "windows-x86_64-nsis",
        "windows-x86_64-wix",
        ...["x86_64", "i686", "aarch64", "armv7", "universal"].flatMap((arch) => [
          `darwin-${arch}`,
          `darwin-${arch}-app`,
        ]),
      ].toSorted(),
    );
    expect(list.platforms["windows-x86_64"]?.url).toBe(urlOf("app.exe"));
    expect(list.platforms["windows-x86_64-msi"]?.url).toBe(urlOf("app.msi"));
  });

  test("is none where nothing is signed", () => {
    const releases = { windows: [], macos: [], linux: [release("3.0.0", [file({ format: "appimage" })])] };
    expect(renderTauriStatic(releases, urlOf)).toBeNull();
  });
});
