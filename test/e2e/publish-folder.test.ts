import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, watch, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createHome } from "../cli/run-cli.ts";
import type { Home } from "../cli/run-cli.ts";
import { tauriSig } from "../cli/folders/listings.ts";
import { ownStack } from "../support/own-stack.ts";
import { blockmapOf, release, zsyncOf } from "../support/releases.ts";

const MIB = 1024 * 1024;
const stack = ownStack({});
const homes: Home[] = [];

afterEach(async () => {
  for (const home of homes.splice(0)) await home.remove();
});

async function publisher(): Promise<Home> {
  const { url, apiKey } = stack();
  const home = await createHome({ url, apiKey });
  homes.push(home);
  return home;
}

async function write(home: Home, files: Record<string, Uint8Array | string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(home.path(path)), { recursive: true });
    await writeFile(home.path(path), content);
  }
}

const bytesOf = (size: number) => new Uint8Array(randomBytes(size));
const sha512 = (bytes: Uint8Array) => createHash("sha512").update(bytes).digest("base64");

/** What electron-builder leaves behind for Windows and Linux. */
function electronFolder(version: string) {
  const exe = bytesOf(2 * MIB);
  const appImage = bytesOf(90 * MIB);
  const yml = (url: string, bytes: Uint8Array, more = "") =>
    `version: ${version}\nfiles:\n  - url: ${url}\n    sha512: ${sha512(bytes)}\n    size: ${bytes.length}\n${more}`;
  return {
    exe,
    files: {
      [`dist/App Setup ${version}.exe`]: exe,
      [`dist/App Setup ${version}.exe.blockmap`]: blockmapOf(exe, 50_000),
      [`dist/App-${version}.AppImage`]: appImage,
      "dist/latest.yml": yml(`App-Setup-${version}.exe`, exe, "    isAdminRightsRequired: true\n"),
      "dist/latest-linux.yml": yml(`App-${version}.AppImage`, appImage, "    blockMapSize: 1000\n"),
      "dist/builder-debug.yml": "x64: {}\n",
      "dist/win-unpacked/App.exe": "x",
      "CHANGELOG.md": `# Changelog\n\n## [${version}]\n\n- All new\n\n## [0.1.0]\n`,
    },
  };
}

const listed = async (software: string) =>
  (
    await stack().request<Record<string, unknown>[]>(
      `/api/v1/packages?software=${software}&platform=all&arch=all`,
    )
  ).body;

test("a folder is shown, held, published whole, and known when it comes again", async () => {
  const home = await publisher();
  const { files, exe } = electronFolder("1.2.0");
  await write(home, files);

  const rehearsal = await home.run(["publish", "dist", "--software", "acme"]);
  expect(rehearsal.code).toBe(2);
  expect(rehearsal.stderr).toMatch(
    /1\.2\.0 +full +windows +x64 +exe +2\.0 MiB +blockmap +App Setup 1\.2\.0\.exe/,
  );
  expect(rehearsal.stderr).toContain("CHANGELOG.md has a section on 1.2.0: --changelog");
  expect(rehearsal.stderr).toContain("Pass --yes to publish it");

  const args = ["publish", "dist", "--software", "acme", "--yes", "--changelog"];
  const held = await home.run([...args, "--draft"]);
  expect(held.code, held.stderr).toBe(0);
  expect(held.stdout).toContain("`slipway release publish 1.2.0 --software acme` publishes it.");
  expect(await listed("acme")).toEqual([]);
  const shown = await home.run(["release", "show", "1.2.0", "--software", "acme"]);
  expect(shown.stdout).toContain("acme 1.2.0: not published yet");

  const published = await home.run([...args, "--json"]);
  expect(published.code, published.stderr).toBe(0);
  expect(published.stderr).toBe("");
  expect(JSON.parse(published.stdout)).toMatchObject({
    software: "acme",
    releases: [{ version: "1.2.0", state: "published", published: true }],
    packages: [
      { state: "ready", platform: "linux", arch: "x64", companions: [] },
      { state: "ready", version: "1.2.0", platform: "windows", arch: "x64", companions: ["blockmap"] },
    ],
    skipped: [],
  });
  expect((await release(stack(), "acme", "1.2.0")).body).toMatchObject({ notes: "- All new" });
  const path = "/downloads/full/1.2.0/acme-v1.2.0-full-windows-x64.exe";
  const download = await fetch(`${stack().url}${path}`);
  expect(Buffer.from(await download.arrayBuffer()).equals(exe)).toBe(true);

  const again = await home.run(args);
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toContain("acme 1.2.0 is published already");
  expect(await listed("acme")).toHaveLength(2);

  await writeFile(home.path("dist/App Setup 1.2.0.exe"), bytesOf(2 * MIB));
  const signedLate = await home.run(args);
  expect(signedLate.code).toBe(6);
  expect(signedLate.stderr).toContain("This is not the file that latest.yml describes");
});

test("killed in the middle, the same command goes on, and nothing was seen before the end", async () => {
  const home = await publisher();
  await write(home, electronFolder("2.0.0").files);
  const args = ["publish", "dist", "--software", "killed", "--yes", "--jobs", "1", "--json"];
  const first = home.start(args);
  await firstPartRecorded(home);
  first.child.kill("SIGKILL");
  await first.done;
  expect(await listed("killed")).toEqual([]);

  const { code, stdout, stderr } = await home.run(args);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ releases: [{ version: "2.0.0", published: true }] });
  expect(await listed("killed")).toHaveLength(2);
  expect(await readdir(home.path("state", "slipway", "uploads"))).toEqual([]);
});

test("a half-signed release is refused with its files, and published once they are signed", async () => {
  const home = await publisher();
  const x64 = "bundle/nsis/App_3.0.0_x64-setup.exe";
  const arm64 = "bundle/nsis/App_3.0.0_arm64-setup.exe";
  const appImage = bytesOf(5000);
  await write(home, {
    [x64]: bytesOf(5000),
    [`${x64}.sig`]: tauriSig("App_3.0.0_x64-setup.exe"),
    [arm64]: bytesOf(5000),
    "bundle/appimage/App_3.0.0_amd64.AppImage": appImage,
    "bundle/appimage/App_3.0.0_amd64.AppImage.zsync": zsyncOf(appImage),
  });
  const args = ["publish", "bundle", "--software", "signed", "--yes"];
  const refused = await home.run(args);
  expect(refused.code).toBe(8);
  const lacks = "nsis/App_3.0.0_arm64-setup.exe has no signature, which nsis/App_3.0.0_x64-setup.exe has.";
  expect(refused.stderr).toContain(lacks);
  expect(refused.stderr).toContain("--allow-incomplete");
  expect(await listed("signed")).toEqual([]);

  const anyway = ["publish", "bundle", "--software", "late", "--yes"];
  expect((await home.run([...anyway, "--allow-incomplete"])).code).toBe(0);

  await write(home, { [`${arm64}.sig`]: tauriSig("App_3.0.0_arm64-setup.exe") });
  const published = await home.run(args);
  expect(published.code, published.stderr).toBe(0);
  const { body } = await release(stack(), "signed", "3.0.0");
  expect(body).toMatchObject({ state: "published", waiting: [], faults: [] });
  expect((await home.run(anyway)).stdout).toContain("late 3.0.0 is published already");
  const late = await release(stack(), "late", "3.0.0");
  expect((late.body["packages"] as { is_signed: boolean }[]).filter((one) => one.is_signed)).toHaveLength(2);
  const packages = body["packages"] as { platform: string; arch: string }[];
  expect(packages.toSorted((a, b) => (a.platform + a.arch < b.platform + b.arch ? -1 : 1))).toMatchObject([
    { platform: "linux", companions: [{ role: "zsync" }] },
    { platform: "windows", arch: "arm64", is_signed: true },
    { platform: "windows", arch: "x64", is_signed: true },
  ]);
});

test("several versions are several releases, oldest first; other bytes say what ends those that are held", async () => {
  const home = await publisher();
  await write(home, {
    "out/app-1.10.0-linux-x64.zip": bytesOf(3000),
    "out/app-1.9.0-linux-x64.zip": bytesOf(3000),
    "out/app-1.9.0-mac-arm64.zip": bytesOf(3000),
    "out/README": "x",
  });
  const args = ["publish", "out", "--software", "several", "--yes"];
  const notes = await home.run([...args, "--notes", "x"]);
  expect(notes.code).toBe(2);
  expect(notes.stderr).toContain("Pick one with --version");
  const untold = await home.run(["publish", "out/README", "out/app-1.9.0-linux-x64.zip", "--version", "7"]);
  expect(untold.stderr).toContain("has no package of 7");

  const draft = await home.run([...args, "--version", "1.9.0", "--draft"]);
  expect(draft.code, draft.stderr).toBe(0);
  await writeFile(home.path("out/app-1.9.0-linux-x64.zip"), randomBytes(3000));
  const other = await home.run(args);
  expect(other.code).toBe(5);
  expect(other.stderr).toContain("app-1.9.0-linux-x64.zip: ");
  expect(other.stderr).toContain("`slipway release discard 1.9.0 --software several`");
  expect((await home.run(["release", "discard", "1.9.0", "--software", "several"])).stdout).toContain(
    "2 files",
  );

  const both = await home.run([...args, "--json"]);
  expect(both.code, both.stderr).toBe(0);
  expect(JSON.parse(both.stdout)).toMatchObject({
    releases: [{ version: "1.9.0" }, { version: "1.10.0" }],
    packages: [{ version: "1.9.0" }, { version: "1.9.0" }, { version: "1.10.0" }],
    skipped: [{ path: "README" }],
  });
});

test("a single file with its signature, held, published, withdrawn, promoted", async () => {
  const home = await publisher();
  await write(home, { "app.exe": bytesOf(4000), "app.exe.sig": tauriSig("app.exe") });
  const one = ["app.exe", "--version", "1.0.0", "--software", "single", "--channel", "beta"];
  const target = ["--platform", "windows", "--arch", "x64"];
  const held = await home.run(["publish", ...one, ...target, "--draft"]);
  expect(held.code, held.stderr).toBe(0);
  expect(held.stdout).toContain("until `slipway release publish 1.0.0 --software single`");
  const run = (verb: string, ...flags: string[]) =>
    home.run(["release", verb, "1.0.0", "--software", "single", ...flags]);
  expect((await run("publish", "--notes", "first")).stdout).toContain("Published single 1.0.0.");
  expect((await run("notes")).stdout).toBe("first\n");
  expect((await run("notes", "--notes", "second", "--json")).stdout).toContain('"notes": "second"');

  const signed = await home.run(["publish", ...one, ...target, "--signature-file", "app.exe.sig"]);
  expect(signed.code, signed.stderr).toBe(0);
  expect((await run("show")).stdout).toMatch(/published +full +windows x64 +\S+ \S+ +signature/);
  expect((await run("yank")).stdout).toContain("is no longer offered");
  expect((await run("unyank")).stdout).toContain("is offered again");
  expect((await run("promote", "--to", "stable")).stdout).toContain("is on stable");
  const back = await run("promote", "--to", "beta");
  expect([back.code, back.stderr]).toEqual([2, expect.stringContaining("is on stable")]);
});

/** Waits until the state file of the one large upload under way names a finished part. */
async function firstPartRecorded(home: Home): Promise<void> {
  const folder = home.path("state", "slipway", "uploads");
  await mkdir(folder, { recursive: true });
  for await (const _change of watch(folder)) {
    for (const name of (await readdir(folder)).filter((file) => file.endsWith(".json"))) {
      const text = await readFile(home.path("state", "slipway", "uploads", name), "utf8").catch(() => "{}");
      const { etags = {}, part_count = 0 } = JSON.parse(text) as { etags?: object; part_count?: number };
      if (part_count > 1 && Object.keys(etags).length > 0) return;
    }
  }
}
