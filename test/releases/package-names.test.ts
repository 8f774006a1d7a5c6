import { expect, test } from "vitest";
import { readConfig } from "../../functions/declarations.ts";
import { packageExtension } from "../../functions/packages/package-extensions.ts";
import {
  downloadPath,
  packageFileName,
  slugsOfFile,
  typeOfFolder,
} from "../../functions/releases/package-names.ts";

const config = readConfig({
  API_KEY: "publisher-key-of-16",
  JWT_SECRET: "a secret of thirty-two characters",
  LIBSQL_URL: "http://127.0.0.1:8080",
  S3_ENDPOINT: "https://s3.example",
  S3_BUCKET: "packages",
  S3_ACCESS_KEY_ID: "id",
  S3_SECRET_ACCESS_KEY: "secret",
});
const slot = { software: "omega", version: "2.2.6", platform: "windows", arch: "x64", fromVersion: null };
const moment = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

test("file names are those that clients know", () => {
  expect(packageFileName({ ...slot, type: "full", version: "2.2.5" }, ".zip", moment)).toBe(
    "omega-v2.2.5-full-windows-x64.zip",
  );
  expect(packageFileName({ ...slot, type: "patch", fromVersion: "2.2.5" }, ".zip", moment)).toBe(
    "omega-v2.2.5-to-v2.2.6-patch-windows-x64.zip",
  );
  expect(packageFileName({ ...slot, type: "hotfix" }, ".tar.gz", moment)).toBe(
    "omega-v2.2.6-hotfix-20260102030405-windows-x64.tar.gz",
  );
});

test("download paths are those that clients know, and lead back to their type", () => {
  expect(downloadPath("full", "2.2.5", "a.zip")).toBe("/downloads/full/2.2.5/a.zip");
  expect(downloadPath("patch", "2.2.5", "a.zip")).toBe("/downloads/patches/2.2.5/a.zip");
  expect(downloadPath("hotfix", "2.2.5", "a.zip")).toBe("/downloads/hotfixes/2.2.5/a.zip");
  expect(["full", "patches", "hotfixes", "patch", "toString"].map(typeOfFolder)).toEqual([
    "full",
    "patch",
    "hotfix",
    undefined,
    undefined,
  ]);
});

const taken: [fileName: string, extension: string][] = [
  ["build.zip", ".zip"],
  ["BUILD.ZIP", ".zip"],
  ["source.tar.gz", ".tar.gz"],
  ["Tool.appimage", ".AppImage"],
  ["我的程序 1.0.exe", ".exe"],
  ["a.txt.zip", ".zip"],
  ["..zip", ".zip"],
];
test.each(taken)("%j is taken as %s", (fileName, extension) => {
  expect(packageExtension(config, fileName)).toBe(extension);
});

test("a file's name begins with its software, whatever of it looks like a version", () => {
  for (const software of ["omega", "app-v2", "a-very-v", "x_1"]) {
    const name = packageFileName({ ...slot, software, type: "patch", fromVersion: "2.2.5" }, ".zip", moment);
    for (const asked of [name, name.toUpperCase(), `${name}.blockmap`])
      expect(slugsOfFile(asked)).toContain(software);
  }
  for (const none of ["", "omega.zip", "-v1.0.0.zip", `${"a".repeat(65)}-v1.0.0.zip`]) {
    expect(slugsOfFile(none)).toEqual([]);
  }
});

const refused: [fileName: string, code: string][] = [
  ["notes.txt", "UNSUPPORTED_FILE_TYPE"],
  ["zip", "UNSUPPORTED_FILE_TYPE"],
  [".zip", "UNSUPPORTED_FILE_TYPE"],
  ["build.zip.", "UNSUPPORTED_FILE_TYPE"],
  ["build.zip ", "UNSUPPORTED_FILE_TYPE"],
  ["build.gz", "UNSUPPORTED_FILE_TYPE"],
  ["", "INVALID_FILE_NAME"],
  [".", "INVALID_FILE_NAME"],
  ["..", "INVALID_FILE_NAME"],
  ["../build.zip", "INVALID_FILE_NAME"],
  ["C:\\build.zip", "INVALID_FILE_NAME"],
  ["a\u0000.zip", "INVALID_FILE_NAME"],
  ["a\r\nb.zip", "INVALID_FILE_NAME"],
  ["a\u007f.zip", "INVALID_FILE_NAME"],
  [`${"a".repeat(296)}.zip`, "INVALID_FILE_NAME"],
];
test.each(refused)("%j is refused: %s", (fileName, code) => {
  expect(() => packageExtension(config, fileName)).toThrow(expect.objectContaining({ code }));
});
