import { expect, test } from "vitest";
import { listingOf, rowsOf, tauriSig } from "./listings.ts";

const plist = `<?xml version="1.0"?><plist version="1.0"><dict>
  <key>CFBundleShortVersionString</key>
  <string>2.0.0</string></dict></plist>`;

test("Tauri's bundle folder: installers with their signatures, without what they were made of", () => {
  const exe = "bundle/nsis/App_2.0.0_x64-setup.exe";
  const { rows, skipped, found } = rowsOf(
    listingOf({
      [exe]: 9,
      [`${exe}.sig`]: tauriSig("App_2.0.0_x64-setup.exe"),
      "bundle/msi/App_2.0.0_x64_en-US.msi": 9,
      "bundle/msi/App_2.0.0_x64_en-US.msi.sig": tauriSig("App_2.0.0_x64_en-US.msi"),
      "bundle/msi/App_2.0.0_x64_de-DE.msi": 9,
      "bundle/appimage/App_2.0.0_amd64.AppImage": 9,
      "bundle/appimage/App_2.0.0_amd64.AppImage.sig": "not a signature",
      "bundle/deb/App_2.0.0_amd64.deb": 9,
      "bundle/deb/App_2.0.0_amd64/control.tar.gz": 9,
      "bundle/rpm/App-2.0.0-1.x86_64.rpm": 9,
    }),
  );
  expect(found.tools).toEqual(["Tauri"]);
  expect(rows).toEqual([
    `2.0.0 full windows x64 exe ${exe}`,
    "2.0.0 full windows x64 msi bundle/msi/App_2.0.0_x64_en-US.msi",
    "2.0.0 full linux x64 appimage bundle/appimage/App_2.0.0_amd64.AppImage",
    "2.0.0 full linux x64 deb bundle/deb/App_2.0.0_amd64.deb",
    "2.0.0 full linux x64 rpm bundle/rpm/App-2.0.0-1.x86_64.rpm",
  ]);
  expect(found.packages[0]?.signature).toBe(tauriSig("App_2.0.0_x64-setup.exe"));
  expect(skipped).toEqual({
    "bundle/msi/App_2.0.0_x64_de-DE.msi": expect.stringContaining("a release has one") as string,
    "bundle/appimage/App_2.0.0_amd64.AppImage.sig": expect.stringContaining("no signature") as string,
    "bundle/deb/App_2.0.0_amd64/control.tar.gz": expect.stringContaining("tells no updater") as string,
  });
});

test("App.app.tar.gz has its version and arch from what is beside it, or from the target's folder", () => {
  const archive = { "macos/App.app.tar.gz": 9, "macos/App.app.tar.gz.sig": tauriSig("App.app.tar.gz") };
  const row = (version: string, arch: string) =>
    `${version} full macos ${arch} app.tar.gz macos/App.app.tar.gz`;
  expect(rowsOf(listingOf({ ...archive, "dmg/App_2.0.0_aarch64.dmg": 9 })).rows[0]).toBe(
    row("2.0.0", "arm64"),
  );
  const target = "src-tauri/target/universal-apple-darwin/release/bundle";
  const withPlist = listingOf({ ...archive }, target);
  const texts = new Map([...withPlist.texts, ["macos/App.app/Contents/Info.plist", plist]]);
  expect(rowsOf({ ...withPlist, texts }).rows).toEqual([row("2.0.0", "universal")]);
  expect(rowsOf(listingOf(archive)).rows).toEqual([row("?", "?")]);
  expect(rowsOf(listingOf(archive), { version: "3.0.0", arch: "x64" }).rows).toEqual([row("3.0.0", "x64")]);
});

test("cargo-packager's folder is flat, and may be the one of cargo's programs", () => {
  const { rows, skipped, found } = rowsOf(
    listingOf(
      {
        "app_1.0.0_x64-setup.exe": 9,
        "app_1.0.0_x64-setup.exe.sig": tauriSig("app_1.0.0_x64-setup.exe"),
        "app_1.0.0_x86_64.AppImage": 9,
        "app_1.0.0_x86_64.AppImage.sig": tauriSig("app_1.0.0_x86_64.AppImage"),
        "app_1.0.0_x86_64.tar.gz": 9,
        "app_1.0.0_x86_64.tar.gz.sig": tauriSig("app_1.0.0_x86_64.tar.gz"),
        PKGBUILD: 9,
        "app.exe": 9,
        "app.d": 9,
      },
      "target/release",
      [".cargo-packager"],
    ),
  );
  expect(found.tools).toEqual(["cargo-packager"]);
  expect(rows).toEqual([
    "1.0.0 full windows x64 exe app_1.0.0_x64-setup.exe",
    "1.0.0 full linux x64 appimage app_1.0.0_x86_64.AppImage",
    "1.0.0 full linux x64 tar.gz app_1.0.0_x86_64.tar.gz",
  ]);
  expect(found.packages.every(({ signature }) => signature !== undefined)).toBe(true);
  expect(Object.keys(skipped)).toEqual(["app.exe", "PKGBUILD", "app.d"]);
});

test("cargo-packager is known by its signed names where its own folder is not carried along", () => {
  const { found } = rowsOf(
    listingOf({ "app_1.0.0_x86_64.AppImage": 9, "app_1.0.0_x86_64.AppImage.sig": tauriSig("a") }),
  );
  expect(found.tools).toEqual(["cargo-packager"]);
});
