import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPackages } from "../../../scripts/cli/find-packages.ts";
import { tauriSig } from "./listings.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path.endsWith(".sig") ? tauriSig(path) : "bytes");
  }
}

const find = (paths: string[], given = {}) =>
  findPackages(
    paths.map((path) => join(folder, path)),
    given,
  );
const paths = async (...of: Parameters<typeof find>) => (await find(...of)).packages.map(({ path }) => path);

test("hidden files and the insides of apps are not looked at", async () => {
  await write(
    "app-1.0.0-mac-x64.zip",
    ".cache/app-1.0.0-mac-arm64.zip",
    "mac/App.app/Contents/Resources/app-1.0.0-win-x64.zip",
    "win-unpacked/resources/app-1.0.0-win-x64.zip",
    "node_modules/x/app-1.0.0-linux-x64.zip",
    "more/app-1.0.0-linux-x64.zip",
  );
  expect(await paths(["."])).toEqual(["app-1.0.0-mac-x64.zip", "more/app-1.0.0-linux-x64.zip"]);
});

test("what cannot be told is asked for, package by package", async () => {
  await write("dist/App-1.0.0.dmg", "dist/app-x64.zip", "dist/app-1.0.0-linux-x64.zip");
  const refused = find(["dist"]);
  await expect(refused).rejects.toThrow("The arch of App-1.0.0.dmg cannot be told.");
  await expect(refused).rejects.toThrow("The version and platform of app-x64.zip cannot be told.");
  await expect(refused).rejects.toMatchObject({
    exitCode: 2,
    hint: expect.stringContaining("--arch and --version and --platform") as string,
  });
  const given = { version: "1.0.0", platform: "windows", arch: "universal" };
  expect(await paths(["dist"], given)).toHaveLength(3);
});

test("files that are named one by one bring along what lies beside them", async () => {
  await write("app-1.0.0-x64.exe", "app-1.0.0-x64.exe.sig", "app-1.0.0-arm64.exe", "app-1.0.0-x86.exe");
  const { packages, skipped } = await find(["app-1.0.0-x64.exe", "app-1.0.0-arm64.exe"]);
  expect(packages).toMatchObject([
    { arch: "x64", signature: tauriSig("app-1.0.0-x64.exe.sig") },
    { arch: "arm64" },
  ]);
  expect(skipped).toEqual([]);
  await expect(find(["app-1.0.0-x64.exe", "gone.exe"])).rejects.toThrow("ENOENT");
});

test("two folders with the same package are refused, one without any says why", async () => {
  await write("a/app-1.0.0-linux-x64.zip", "c/notes.txt");
  await write("d/app-1.0.0-linux-x64.zip");
  await expect(find(["a", "d"])).rejects.toThrow("are both the .zip of 1.0.0 for linux x64");
  await expect(find(["a"], { version: "2.0.0" })).rejects.toThrow("has no package of 2.0.0");
  await expect(find(["c"])).rejects.toMatchObject({
    message: expect.stringContaining("There is no package in") as string,
    hint: "notes.txt: it is no package, and belongs to none.",
  });
});
