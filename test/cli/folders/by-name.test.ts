import { expect, test } from "vitest";
import { listingOf, rowsOf } from "./listings.ts";

const read = (name: string) =>
  rowsOf(listingOf({ [name]: 9 }))
    .rows[0]?.split(" ")
    .slice(0, 5)
    .join(" ");

test.each([
  ["app-v1.2.0-full-windows-x64.zip", "1.2.0 full windows x64 zip"],
  ["app-v1.1.0-to-v1.2.0-patch-linux-arm64.tar.gz", "1.2.0 patch linux arm64 tar.gz"],
  ["app_1.2.0_amd64.deb", "1.2.0 full linux x64 deb"],
  ["app_1.2.0-1_armhf.deb", "1.2.0 full linux armv7 deb"],
  ["app-1.2.0-1.x86_64.rpm", "1.2.0 full linux x64 rpm"],
  ["App-1.2.0-beta.3-aarch64.AppImage", "1.2.0-beta.3 full linux arm64 appimage"],
  ["App-1.2.0-rc1-x64.msi", "1.2.0-rc1 full windows x64 msi"],
  ["app-1.2-win32-ia32.zip", "1.2 full windows x86 zip"],
  ["app-win64-v2.0.0.7z", "2.0.0 full windows x64 7z"],
  ["app-darwin-universal-1.2.3.4.tgz", "1.2.3.4 full macos universal tgz"],
  ["App-1.0.0.dmg", "1.0.0 full macos ? dmg"],
  ["app-1.0.0-x64.zip", "1.0.0 full ? x64 zip"],
  ["app-linux-x64.tar.gz", "? full linux x64 tar.gz"],
  ["app-1.0.0-to-1.1.0-linux-x64.zip", "? full linux x64 zip"],
  ["app-1.0.0-linux-x64-arm64.zip", "1.0.0 full linux ? zip"],
])("%s", (name, expected) => {
  expect(read(name)).toBe(expected);
});

test("flags say what names do not, and never other than names", () => {
  const listing = listingOf({ "app-linux.zip": 9, "app-1.0.0-win-arm64.zip": 9 });
  expect(rowsOf(listing, { version: "1.0.0", platform: "macos", arch: "x64" }).rows).toEqual([
    "1.0.0 full linux x64 zip app-linux.zip",
    "1.0.0 full windows arm64 zip app-1.0.0-win-arm64.zip",
  ]);
});

test("a version that only a flag can tell from the name's other words", () => {
  const listing = listingOf({ "app-1.0.0-nightly.20261129.abc-linux-x64.zip": 9 });
  expect(rowsOf(listing, { version: "1.0.0-nightly.20261129.abc" }).rows[0]).toContain(
    "1.0.0-nightly.20261129.abc ",
  );
});

test("what lies beside a package belongs to it; what belongs to nothing is named with the reason", () => {
  const signature = "untrusted comment: x\nAAAA\ntrusted comment: y\nBBBB\n";
  const { found, skipped } = rowsOf(
    listingOf({
      "app-1.0.0-x64.AppImage": 9,
      "app-1.0.0-x64.AppImage.zsync": 3,
      "app-1.0.0-x64.AppImage.blockmap": 3,
      "app-1.0.0-x64.AppImage.sig": signature,
      "app-0.9.0-x64.AppImage.zsync": 3,
      "notes.txt": "x",
      "notes.txt.sig": signature,
      "checksums.txt": 9,
    }),
  );
  expect(found.packages).toMatchObject([
    {
      signature,
      companions: [
        { path: "app-1.0.0-x64.AppImage.blockmap", role: "blockmap" },
        { path: "app-1.0.0-x64.AppImage.zsync", role: "zsync" },
      ],
    },
  ]);
  expect(skipped).toEqual({
    "app-0.9.0-x64.AppImage.zsync": "the file that it belongs to, app-0.9.0-x64.AppImage, is not here",
    "notes.txt.sig": "notes.txt is not published either",
    "notes.txt": "it is no package, and belongs to none",
    "checksums.txt": "it is no package, and belongs to none",
  });
});
