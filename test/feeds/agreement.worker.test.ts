import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { minisignFile } from "../support/releases.ts";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newSoftware, type PackageFields } from "../support/publish.ts";
import { sharedStack, type Answer } from "../support/stack.ts";
import { publishFile } from "./publish-file.ts";

const stack = sharedStack();
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "item" });

type Targets = Record<"windows" | "macos", string[]>;
/** What a release has for all of these clients. */
const files: Targets = { windows: ["app.exe", "app.nupkg"], macos: ["app.zip", "app.app.tar.gz"] };

async function publishAll(software: string, version: string, more: Partial<PackageFields> = {}) {
  const facts = { signature: minisignFile(), ed_signature: Buffer.alloc(64, 9).toString("base64") };
  for (const platform of ["windows", "macos"] as const)
    for (const name of files[platform])
      await publishFile(stack, name, { software, version, platform, arch: "x64", ...facts, ...more });
}

const versionIn = (body: unknown, path: string[]) =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);

type Question = { channel: string; current: string; key?: string };
type Read = (answer: Answer<unknown>) => unknown;
type Feed = { name: string; path: string; read: Read };

/** Every feed that says the newest version on a channel, as its client asks for it. */
function feeds(software: string, { channel, current }: Question): Feed[] {
  const base = `/feeds/${software}`;
  const query = `channel=${channel}`;
  const beta = channel === "stable" ? "" : `-${channel}`;
  const json =
    (...path: string[]): Read =>
    ({ body }) =>
      versionIn(body, path);
  const xml =
    (...path: string[]): Read =>
    ({ text }) =>
      versionIn(parser.parse(text), path);
  return [
    {
      name: "electron-updater",
      path: `${base}/electron/${channel === "stable" ? "latest" : channel}.yml?`,
      read: json("version"),
    },
    { name: "tauri", path: `${base}/tauri/darwin/x86_64/${current}?${query}`, read: json("version") },
    { name: "tauri, static", path: `${base}/tauri/latest.json?${query}`, read: json("version") },
    {
      name: "velopack",
      path: `${base}/velopack/releases.win${beta}.json?localVersion=${current}`,
      read: json("Assets", "0", "Version"),
    },
    {
      name: "squirrel on macOS",
      path: `${base}/squirrel/darwin-x64/${current}?${query}`,
      read: json("version"),
    },
    {
      name: "squirrel on macOS, static",
      path: `${base}/squirrel/darwin-x64/RELEASES.json?${query}`,
      read: json("currentRelease"),
    },
    {
      name: "squirrel on Windows",
      path: `${base}/squirrel/windows-x64/RELEASES?${query}`,
      read: ({ text }) => /~(.*)-full\.nupkg/.exec(text)?.[1],
    },
    {
      name: "sparkle",
      path: `${base}/sparkle/macos-x64/appcast.xml?${query}`,
      read: xml("rss", "channel", "item", "0", "sparkle:shortVersionString"),
    },
    {
      name: "autoupdater",
      path: `${base}/autoupdater/windows-x64.xml?${query}`,
      read: xml("item", "0", "version"),
    },
  ];
}

/** What the version check says of the newest version. */
async function checked(software: string, { channel, current }: Question): Promise<string> {
  const query = new URLSearchParams({
    software,
    current_version: current,
    channel,
    platform: "windows",
    arch: "x64",
  });
  const { body } = await stack.request<{ latest_version: string }>(`/api/v1/version/check?${query}`);
  return body.latest_version;
}

async function told(software: string, question: Question): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const { name, path, read } of feeds(software, question)) {
    const answer = await stack.request(path);
    expect(answer.status, `${name}: ${answer.text}`).toBe(200);
    all[name] = read(answer);
  }
  return all;
}

/** What all of them say, where they agree. `apart` are feeds that cannot say this version. */
async function agreed(software: string, question: Question, apart: Record<string, string> = {}) {
  const version = await checked(software, question);
  const names = feeds(software, question).map(({ name }) => name);
  const same = Object.fromEntries(names.map((name) => [name, version]));
  expect(await told(software, question)).toEqual({ ...same, ...apart });
  return version;
}

describe("every feed", () => {
  test("agrees with the version check about the newest version, of both channels, also after a yank", async () => {
    const software = newSoftware();
    await publishAll(software, "1.0.0");
    await publishAll(software, "1.2.0");
    // Neither AutoUpdater.NET nor Squirrel.Windows can say every pre-release: this one Squirrel can.
    await publishAll(software, "2.0.0-beta", { channel: "beta" });
    const stable = { channel: "stable", current: "0.9.0" };
    const beta = { channel: "beta", current: "0.9.0" };
    expect(await agreed(software, stable)).toBe("1.2.0");
    expect(await agreed(software, beta, { autoupdater: "1.2.0" })).toBe("2.0.0-beta");

    const yank = (version: string) =>
      stack.request(`/api/v1/releases/${software}/${version}/yank`, { method: "POST", asPublisher: true });
    expect((await yank("2.0.0-beta")).status).toBe(200);
    expect(await agreed(software, beta)).toBe("1.2.0");
    expect((await yank("1.2.0")).status).toBe(200);
    expect(await agreed(software, stable)).toBe("1.0.0");
    expect(await agreed(software, beta)).toBe("1.0.0");
  });

  test("leads over a watershed, and past what is closed to it, whoever says their version", async () => {
    const software = newSoftware();
    await publishAll(software, "1.0.0");
    await publishAll(software, "2.0.0", { is_watershed: true });
    await publishAll(software, "2.5.0");
    await publishAll(software, "3.0.0", { min_update_from: "2.5.0" });
    const saying = ["tauri", "squirrel on macOS", "velopack"];
    for (const [current, next] of [
      ["1.0.0", "2.0.0"],
      ["2.0.0", "2.5.0"],
      ["2.5.0", "3.0.0"],
    ] as const) {
      const question = { channel: "stable", current };
      expect(await checked(software, question)).toBe(next);
      const all = await told(software, question);
      expect(saying.map((name) => [name, all[name]])).toEqual(saying.map((name) => [name, next]));
    }
    const windows = `/feeds/${software}/squirrel/windows-x64/RELEASES?localVersion=1.0.0`;
    expect((await stack.request(windows)).text).toContain("~2.0.0-full.nupkg");
  });

  test("says in its client's way that there is nothing, and never with a page", async () => {
    const software = newSoftware();
    await publishFile(stack, "app.rpm", { software, version: "1.0.0", platform: "linux", arch: "x64" });
    const statuses: Record<string, number> = {
      tauri: 204,
      velopack: 200,
      "squirrel on macOS": 204,
      sparkle: 200,
      autoupdater: 200,
    };
    for (const { name, path, read } of feeds(software, { channel: "stable", current: "0.1.0" })) {
      const answer = await stack.request(path);
      expect(answer.status, name).toBe(statuses[name] ?? 404);
      if (answer.status === 404) expectProblem(answer, 404, "FEED_EMPTY");
      if (answer.status === 200)
        expect(read(answer), name).toBe(name === "autoupdater" ? "0.0.0.0" : undefined);
      expect(answer.headers.get("content-type") ?? "", name).not.toContain("html");
    }
    for (const { name, path } of feeds(newSoftware(), { channel: "stable", current: "0.1.0" })) {
      const answer = await stack.request(path);
      expect([name, answer.status]).toEqual([name, 404]);
      expectProblem(answer, 404, "FEED_EMPTY");
    }
  });

  test.each([
    ["tauri/amiga/x86_64/1.0.0", "FEED_NOT_FOUND"],
    ["tauri/linux/m68k/1.0.0", "FEED_NOT_FOUND"],
    ["sparkle/amiga/appcast.xml", "FEED_NOT_FOUND"],
    ["squirrel/windows-m68k/RELEASES", "FEED_NOT_FOUND"],
    ["velopack/releases.amiga.json", "PACKAGE_NOT_FOUND"],
    ["autoupdater/amiga-x64.xml", "PACKAGE_NOT_FOUND"],
    ["files/none.zip.meta4", "PACKAGE_NOT_FOUND"],
  ])("of a platform that there is none of is refused: %s", async (path, code) => {
    const software = newSoftware();
    await publishFile(stack, "app.zip", { software, version: "1.0.0" });
    expectProblem(await stack.request(`/feeds/${software}/${path}`), 404, code);
  });

  test("refuses a channel that is no name, and takes one that nothing is on for stable", async () => {
    const software = newSoftware();
    await publishAll(software, "1.0.0");
    for (const { path, name } of feeds(software, { channel: "BETA!", current: "0.1.0" })) {
      if (!path.includes("channel=")) continue;
      const answer = await stack.request(path);
      expect([name, answer.status]).toEqual([name, 400]);
      expectProblem(answer, 400, "VALIDATION_ERROR");
    }
    expect(await agreed(software, { channel: "nightly", current: "0.1.0" })).toBe("1.0.0");
  });

  test("of private software is for whoever brings a key, and so are its files", async () => {
    const software = newSoftware();
    await setVisibility(stack, software, "private");
    await publishAll(software, "1.0.0");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    const file = `${software}-v1.0.0-full-windows-x64.exe`;
    const others = ["files", "electron", "tauri", "velopack"].map(
      (folder) => `/feeds/${software}/${folder}/${file}?`,
    );
    const paths = [
      ...feeds(software, { channel: "stable", current: "0.1.0" }).map(({ path }) => path),
      ...others,
      `/feeds/${software}/files/${file}.meta4?`,
      `/feeds/${software}/files/none.exe?`,
      `/feeds/${software}/files/none.exe.meta4?`,
    ];
    for (const path of paths) {
      for (const with_ of ["", "&key=wrong"])
        expectProblem(await stack.request(`${path}${with_}`), 401, "INVALID_API_KEY");
      const { status } = await stack.request(`${path}&key=${key}`);
      expect([path, status]).toEqual([
        path,
        path.includes("none") ? 404 : path.includes(`${file}?`) ? 302 : 200,
      ]);
    }
  });
});
