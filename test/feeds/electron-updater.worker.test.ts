import { describe, expect, test } from "vitest";
import { objectKeyOf, putObject } from "../support/behind.ts";
import { publishBuild, twoBuilds, withBlockmap, type BuiltFile } from "../support/electron/files.ts";
import { runUpdater, type App, type Outcome } from "../support/electron/run-updater.ts";
import { newKey, setVisibility } from "../support/private-software.ts";
import { newBytes, newSoftware, sha256Of } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const feedOf = (software: string, query = "") => `${stack.url}/feeds/${software}/electron${query}`;
const exe = (bytes = newBytes(), more: Partial<BuiltFile> = {}): BuiltFile => ({
  filename: "Omega Setup.exe",
  platform: "windows",
  bytes,
  ...more,
});
const windowsApp = (software: string, more: Partial<App> = {}): App => ({
  url: feedOf(software),
  version: "1.0.0",
  platform: "win32",
  ...more,
});

/** Software with a release of these files. */
async function released(version: string, files: BuiltFile[]): Promise<string> {
  const software = newSoftware();
  await publishBuild(stack, software, version, files);
  return software;
}

/** Expects an update to this content, and to nothing else. */
function expectUpdate(outcome: Outcome, version: string, bytes: Uint8Array): void {
  expect(outcome).toMatchObject({ error: null, offered: version, isNewer: true });
  expect(outcome.file?.sha256, outcome.log.join("\n")).toBe(sha256Of(bytes));
}

const paths = ({ exchanges }: Outcome) => exchanges.map(({ url }) => new URL(url).pathname);
/** Bytes that server and bucket have sent: bodies and headers. */
const received = ({ exchanges }: Outcome) => exchanges.reduce((sum, { bytes }) => sum + bytes, 0);

describe("electron-updater finds, fetches and verifies", () => {
  test("an NSIS installer, through the redirect to the bucket", async () => {
    const bytes = newBytes(50_000);
    const software = await released("1.1.0", [exe(bytes)]);
    const outcome = await runUpdater(windowsApp(software));
    expectUpdate(outcome, "1.1.0", bytes);
    expect(paths(outcome)[0]).toBe(`/feeds/${software}/electron/latest.yml`);
    const statuses = outcome.exchanges.map(({ status }) => status);
    expect(statuses.slice(-2)).toEqual([302, 200]);
  });

  test.for([
    ["x64", ["x64", "arm64", "universal"], "x64"],
    ["arm64", ["x64", "arm64", "x86"], "arm64"],
    ["ia32", ["x64", "arm64", "universal"], "universal"],
    ["ia32", ["x64", "arm64", "x86"], "x86"],
  ] as const)("the installer of Windows for %s of %s: %s", async ([arch, built, expected]) => {
    const files = built.map((one) => exe(newBytes(), { arch: one }));
    const software = await released("1.1.0", files);
    const outcome = await runUpdater(windowsApp(software, { arch }));
    const bytes = files.find((file) => file.arch === expected)?.bytes;
    expectUpdate(outcome, "1.1.0", bytes ?? new Uint8Array());
  });

  test.for([
    ["x64", ["x64", "arm64"], "x64"],
    ["arm64", ["x64", "arm64"], "arm64"],
    ["arm64", ["x64", "universal"], "universal"],
    ["x64", ["arm64", "universal"], "universal"],
  ] as const)("the zip of macOS for %s of %s: %s, never the dmg", async ([arch, built, expected]) => {
    const files = built.flatMap((one): BuiltFile[] =>
      ["Omega.zip", "Omega.dmg"].map((filename) => ({
        filename,
        platform: "macos",
        arch: one,
        bytes: newBytes(),
        hasNoBlockmap: true,
      })),
    );
    const software = await released("1.1.0", files);
    const outcome = await runUpdater({ url: feedOf(software), version: "1.0.0", platform: "darwin", arch });
    const right = files.find((file) => file.arch === expected && file.filename.endsWith(".zip"));
    expectUpdate(outcome, "1.1.0", right?.bytes ?? new Uint8Array());
    expect(paths(outcome)[0]).toBe(`/feeds/${software}/electron/latest-mac.yml`);
  });

  test.for([
    ["x64", "x64", "latest-linux.yml"],
    ["arm64", "arm64", "latest-linux-arm64.yml"],
    ["arm", "armv7", "latest-linux-arm.yml"],
  ] as const)("the AppImage of Linux for %s", async ([arch, ours, feed]) => {
    const files = (["AppImage", "deb"] as const).map((extension): BuiltFile => ({
      filename: `omega.${extension}`,
      platform: "linux",
      arch: ours,
      bytes: newBytes(),
      hasNoBlockmap: true,
    }));
    const software = await released("1.1.0", files);
    const app: App = { url: feedOf(software), version: "1.0.0", platform: "linux", arch };
    const outcome = await runUpdater(app);
    expectUpdate(outcome, "1.1.0", files[0]?.bytes ?? new Uint8Array());
    expect(paths(outcome)[0]).toBe(`/feeds/${software}/electron/${feed}`);
    const packaged = await runUpdater({ ...app, packageType: "deb" });
    expectUpdate(packaged, "1.1.0", files[1]?.bytes ?? new Uint8Array());
  });

  test("nothing where it has the newest, or a newer one", async () => {
    const software = await released("1.1.0", [exe()]);
    for (const version of ["1.1.0", "1.2.0"]) {
      const outcome = await runUpdater(windowsApp(software, { version }));
      expect(outcome).toMatchObject({ error: null, offered: "1.1.0", isNewer: false, file: null });
      expect(outcome.exchanges).toHaveLength(1);
    }
  });

  test("betas for those who ask for them, releases for all", async () => {
    const beta = exe(newBytes(), { channel: "beta" });
    const software = await released("1.2.0-beta.1", [beta]);
    const missing = await runUpdater(windowsApp(software));
    expect(missing.error?.code).toBe("ERR_UPDATER_CHANNEL_FILE_NOT_FOUND");
    const stable = exe();
    await publishBuild(stack, software, "1.1.0", [stable]);
    expectUpdate(await runUpdater(windowsApp(software)), "1.1.0", stable.bytes);
    const tester = windowsApp(software, { config: { channel: "beta" } });
    const found = await runUpdater(tester);
    expectUpdate(found, "1.2.0-beta.1", beta.bytes);
    expect(paths(found)[0]).toBe(`/feeds/${software}/electron/beta.yml`);
    const next = exe();
    await publishBuild(stack, software, "1.2.0", [next]);
    expectUpdate(await runUpdater(windowsApp(software, { channel: "beta" })), "1.2.0", next.bytes);
  });

  test("nothing for a system that is too old", async () => {
    const more = { min_os_version: "99.0" };
    const zip: BuiltFile = {
      filename: "Omega.zip",
      platform: "macos",
      bytes: newBytes(),
      more,
      hasNoBlockmap: true,
    };
    const software = await released("1.1.0", [zip]);
    const outcome = await runUpdater({ url: feedOf(software), version: "1.0.0", platform: "darwin" });
    expect(outcome).toMatchObject({ error: null, offered: "1.1.0", isNewer: false });
  });
});

describe("electron-updater refuses", () => {
  test("bytes that are not those of the feed", async () => {
    const software = await released("1.1.0", [exe(newBytes(3000))]);
    const name = `${software}-v1.1.0-full-windows-x64.exe`;
    await putObject(stack, await objectKeyOf(stack, name), newBytes(3000));
    const outcome = await runUpdater(windowsApp(software));
    expect(outcome).toMatchObject({ offered: "1.1.0", file: null, error: { code: "ERR_CHECKSUM_MISMATCH" } });
  });

  test("a feed of software that is not there, in its own words", async () => {
    const outcome = await runUpdater(windowsApp(newSoftware()));
    expect(outcome.error?.code).toBe("ERR_UPDATER_CHANNEL_FILE_NOT_FOUND");
  });
});

describe("electron-updater fetches only what has changed", () => {
  /** At most a tenth of the file, everything counted: feed, block maps, redirects, headers. */
  const MOST = 0.1;

  test.for([
    ["several ranges in one request", {}, 206],
    ["single ranges", { useMultipleRangeRequest: false }, 302],
  ] as const)("by %s", async ([_how, config, status]) => {
    const [older, newer] = twoBuilds();
    const software = await released("1.0.0", [exe(older)]);
    await publishBuild(stack, software, "1.1.0", [exe(newer)]);
    const outcome = await runUpdater(windowsApp(software, { installedFrom: older, config }));
    expectUpdate(outcome, "1.1.0", newer);
    const ranged = outcome.exchanges.filter(({ range }) => range !== "");
    expect(ranged[0]).toMatchObject({ status });
    if (status === 206) expect(ranged).toHaveLength(1);
    expect(received(outcome)).toBeLessThan(newer.length * MOST);
  });

  test("of a zip of macOS", async () => {
    const [older, newer] = twoBuilds();
    const zip = (bytes: Uint8Array<ArrayBuffer>): BuiltFile => ({
      filename: "Omega.zip",
      platform: "macos",
      arch: "arm64",
      bytes,
    });
    const software = await released("1.0.0", [zip(older)]);
    await publishBuild(stack, software, "1.1.0", [zip(newer)]);
    const outcome = await runUpdater({
      url: feedOf(software),
      version: "1.0.0",
      platform: "darwin",
      arch: "arm64",
      installedFrom: older,
    });
    expectUpdate(outcome, "1.1.0", newer);
    expect(received(outcome)).toBeLessThan(newer.length * MOST);
  });

  test.for([[5], [0]])(
    "of an AppImage with its block map at its end, %i blocks and the last",
    async ([changes]) => {
      const [older, newer] = twoBuilds(changes).map((content) => withBlockmap(content));
      if (!older || !newer) throw new Error("two builds");
      const image = (bytes: Uint8Array<ArrayBuffer>, blockMapSize: number): BuiltFile => ({
        filename: "omega.AppImage",
        platform: "linux",
        bytes,
        more: { block_map_size: blockMapSize },
        hasNoBlockmap: true,
      });
      const software = await released("1.1.0", [image(newer.bytes, newer.blockMapSize)]);
      const outcome = await runUpdater({
        url: feedOf(software),
        version: "1.0.0",
        platform: "linux",
        installedFrom: older.bytes,
      });
      expectUpdate(outcome, "1.1.0", newer.bytes);
      const ranged = outcome.exchanges.filter(({ range }) => range.includes(","));
      expect(ranged.map(({ status }) => status)).toEqual(changes === 0 ? [] : [206]);
      expect(received(outcome)).toBeLessThan(newer.bytes.length * MOST);
    },
  );

  test("the whole file, where the old block map is gone", async () => {
    const [older, newer] = twoBuilds();
    const software = await released("1.1.0", [exe(newer)]);
    const outcome = await runUpdater(windowsApp(software, { installedFrom: older }));
    expectUpdate(outcome, "1.1.0", newer);
    expect(received(outcome)).toBeGreaterThan(newer.length);
  });
});

describe("private software", () => {
  test("is updated with a key in the feed's address, which every request carries", async () => {
    const [older, newer] = twoBuilds();
    const software = await released("1.0.0", [exe(older)]);
    await publishBuild(stack, software, "1.1.0", [exe(newer)]);
    await setVisibility(stack, software, "private");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    const url = feedOf(software, `?key=${key}`);
    for (const config of [{}, { useMultipleRangeRequest: false }]) {
      const outcome = await runUpdater(windowsApp(software, { url, installedFrom: older, config }));
      expectUpdate(outcome, "1.1.0", newer);
      expect(received(outcome)).toBeLessThan(newer.length * 0.1);
      const ours = outcome.exchanges.filter((one) => new URL(one.url).pathname.startsWith("/feeds/"));
      expect(ours.length).toBeGreaterThan(3);
      for (const { url: asked } of ours) expect(new URL(asked).searchParams.get("key")).toBe(key);
    }
  });

  test("is not told of without one", async () => {
    const software = await released("1.1.0", [exe()]);
    await setVisibility(stack, software, "private");
    const outcome = await runUpdater(windowsApp(software));
    expect(outcome).toMatchObject({ offered: null, error: { code: "HTTP_ERROR_401" } });
    for (const name of [`${software}-v1.1.0-full-windows-x64.exe`, `${software}-v9.0.0-full-windows-x64.exe`])
      for (const file of [name, `${name}.blockmap`])
        expect((await stack.request(`/feeds/${software}/electron/${file}`)).status).toBe(401);
  });
});
