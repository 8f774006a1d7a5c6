import { describe, expect, test } from "vitest";
import { isOutFor } from "../../functions/kit/rollout.ts";
import { publishFile } from "../feeds/publish-file.ts";
import { ownNames, seedPlugins } from "../plugins/resolver/seed.ts";
import { execute } from "../support/behind.ts";
import { runUpdater } from "../support/electron/run-updater.ts";
import { checkPath, newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newSoftware } from "../support/publish.ts";
import { askRollout, devicesOf, putInto, seedOf, startRollout } from "../support/rollouts.ts";
import { minisignFile } from "../support/releases.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const files = { windows: ["app.exe", "app.nupkg"], macos: ["app.zip", "app.app.tar.gz"] };

async function publishAll(software: string, ...versions: string[]): Promise<void> {
  const facts = { signature: minisignFile(), ed_signature: Buffer.alloc(64, 9).toString("base64") };
  for (const version of versions)
    for (const platform of ["windows", "macos"] as const)
      for (const name of files[platform])
        await publishFile(stack, name, {
          software,
          version,
          platform,
          arch: "x64",
          package_type: "full",
          ...facts,
        });
}

/** Software with 1.0.0 out for all, and 2.0.0 in a rollout. */
async function rolledOut(percent: number) {
  const software = newSoftware();
  await publishAll(software, "1.0.0", "2.0.0");
  return { software, rollout: await startRollout(stack, software, "2.0.0", percent) };
}

type Query = Record<string, string>;
type Headers = Record<string, string>;

/** Every feed as its client asks for it, which may tell its version; 0.9.0 where it always does. */
const feeds: Record<string, (current?: string) => string> = {
  electron: () => "electron/latest.yml?",
  tauri: (current = "0.9.0") => `tauri/darwin/x86_64/${current}?`,
  "tauri, static": () => "tauri/latest.json?",
  velopack: (current = "0.9.0") => `velopack/releases.win.json?localVersion=${current}&`,
  squirrel: (current = "0.9.0") => `squirrel/darwin-x64/${current}?`,
  "squirrel, static": () => "squirrel/darwin-x64/RELEASES.json?",
  "squirrel on Windows": (current = "0.9.0") => `squirrel/windows-x64/RELEASES?localVersion=${current}&`,
  sparkle: () => "sparkle/macos-x64/appcast.xml?",
  autoupdater: () => "autoupdater/windows-x64.xml?",
};

/** The newest version that each feed names; null for none. */
async function named(software: string, query: Query = {}, headers: Headers = {}, current?: string) {
  const told: Record<string, string | null> = {};
  for (const [name, pathOf] of Object.entries(feeds)) {
    const path = `/feeds/${software}/${pathOf(current)}${new URLSearchParams(query)}`;
    const { status, text } = await stack.request(path, { headers });
    expect([200, 204], `${name}: ${text}`).toContain(status);
    told[name] = /(\d\.\d\.\d)/.exec(text.replaceAll(new URL(stack.url).host, ""))?.[1] ?? null;
  }
  return told;
}

const all = (version: string | null) => Object.fromEntries(Object.keys(feeds).map((name) => [name, version]));

type Check = { has_update: boolean; latest_version: string; rollback?: { version: string; reason: string } };
const check = (software: string, query: Query = {}, headers: Headers = {}) =>
  stack.request<Check>(checkPath(software, { current_version: "0.9.0", ...query }), { headers });

const checked = async (...asked: Parameters<typeof check>) => (await check(...asked)).body.latest_version;

describe("every road to a device", () => {
  test("decides alike, by whichever name it sends", async () => {
    const { software, rollout } = await rolledOut(40);
    for (const { device, isIn } of await devicesOf(stack, rollout.id, 40, 5)) {
      const version = isIn ? "2.0.0" : "1.0.0";
      expect(await checked(software, { device_id: device })).toBe(version);
      expect(await checked(software, {}, { "x-device-id": device })).toBe(version);
      expect(await named(software, { device_id: device })).toEqual(all(version));
      expect(await named(software, {}, { "x-device-id": device })).toEqual(all(version));
      const electron = await named(software, {}, { "x-user-staging-id": device });
      expect(electron).toEqual({ ...all("1.0.0"), electron: version });
      expect(await named(software, { stagingId: device })).toEqual({ ...all("1.0.0"), velopack: version });
    }
    expect(await checked(software)).toBe("1.0.0");
    expect(await named(software)).toEqual(all("1.0.0"));
    expect(await checked(software, { force: "true" })).toBe("2.0.0");
    expect(await named(software, { force: "true" })).toEqual(all("2.0.0"));
  });

  test("decides the updates of plugins by the same function", async () => {
    const { a } = ownNames("a");
    await seedPlugins(stack, {
      [a]: { "1.0.0": {}, "1.1.0": {}, "2.0.0": {}, "3.0.0": { engines: { Dock: "^9" } } },
    });
    const { body } = await askRollout(stack, { plugin: a, version: "2.0.0", steps: [{ percent: 40 }] });
    type Answer = { data: { updates: { version: string }[]; notices: unknown[] } };
    const ask = async (more: object, installed = "1.0.0", headers = {}) =>
      (
        await stack.request<Answer>("/api/plugins/updates", {
          json: { installed: { [a]: installed }, engines: { Dock: "1.0" }, ...more },
          headers,
        })
      ).body.data;
    const version = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).updates[0]?.version;
    for (const { device, isIn } of await devicesOf(stack, body.id, 40, 5)) {
      expect(await version({ device_id: device })).toBe(isIn ? "2.0.0" : "1.1.0");
      expect(await version({}, "1.0.0", { "x-device-id": device })).toBe(isIn ? "2.0.0" : "1.1.0");
    }
    expect(await version({})).toBe("1.1.0");
    expect(await version({ force: true })).toBe("2.0.0");
    await execute(stack, "UPDATE rollouts SET state = 'rolled_back' WHERE id = ?", [body.id]);
    expect(await version({ force: true })).toBe("1.1.0");
    expect(await ask({}, "2.0.0")).toMatchObject({
      updates: [],
      notices: [{ name: a, installed: "2.0.0", notice: "version_rolled_back" }],
    });
    const long = await stack.request("/api/plugins/updates", {
      json: { installed: { [a]: "1.0.0" }, device_id: "x".repeat(201) },
    });
    expect(long.status).toBe(422);
  });

  test("agrees for hundreds of devices, at every share, and lets nobody fall out", async () => {
    const { software, rollout } = await rolledOut(0.01);
    const seed = await seedOf(stack, rollout.id);
    const devices = Array.from({ length: 60 }, (_, index) => `${software}-${index}`);
    const seen = new Set<string>();
    for (const percent of [5, 25, 60, 99]) {
      const share = "UPDATE rollouts SET basis_points = ? WHERE id = ?";
      await execute(stack, share, [percent * 100, rollout.id]);
      await putInto(stack, rollout, "active");
      for (const device of devices) {
        const isIn = isOutFor({ state: "active", seed, basisPoints: percent * 100 }, device);
        expect(await checked(software, { device_id: device })).toBe(isIn ? "2.0.0" : "1.0.0");
        const path = `/feeds/${software}/${feeds.electron?.()}device_id=${device}`;
        expect((await stack.request<{ version: string }>(path)).body.version).toBe(isIn ? "2.0.0" : "1.0.0");
        if (seen.has(device)) expect(isIn).toBe(true);
        if (isIn) seen.add(device);
      }
    }
  });

  test("takes an id that is too long for none, but where the client can read why not", async () => {
    const { software } = await rolledOut(99.99);
    const device_id = "x".repeat(201);
    for (const _again of [1, 2]) {
      expectProblem(await check(software, { device_id }), 422, "DEVICE_ID_TOO_LONG");
      expectProblem(await check(software, {}, { "x-device-id": device_id }), 422, "DEVICE_ID_TOO_LONG");
      await check(software);
    }
    expect(await named(software, { device_id })).toEqual(all("1.0.0"));
    expect((await check(software, { device_id: "x".repeat(200) })).status).toBe(200);
    expect((await check(software, { force: "perhaps" })).status).toBe(400);
  });

  test("asks for the key of private software each time, whatever is remembered", async () => {
    const { software, rollout } = await rolledOut(40);
    await setVisibility(stack, software, "private");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    for (const { device, isIn } of await devicesOf(stack, rollout.id, 40)) {
      for (const _again of [1, 2]) {
        expect(await checked(software, { device_id: device, key })).toBe(isIn ? "2.0.0" : "1.0.0");
        expectProblem(await check(software, { device_id: device }), 401, "INVALID_API_KEY");
      }
    }
  });
});

describe("caches", () => {
  const caching = async (path: string, headers: Headers = {}) => {
    const answer = await stack.request(path, { headers });
    return [answer.headers.get("cache-control"), answer.headers.get("vary")];
  };
  const shared = ["public, max-age=10", null];

  test("may share an answer that the address alone decides, and none that a header may change", async () => {
    const { software, rollout } = await rolledOut(40);
    const feed = (query: Query) => `/feeds/${software}/electron/latest.yml?${new URLSearchParams(query)}`;
    const both = { device_id: "a", current_version: "1.0.0" };
    const ownCheck = ["private, max-age=10", "x-device-id"];
    const ownFeed = ["private, max-age=10", "x-device-id, x-current-version, x-user-staging-id"];
    for (const headers of [{}, { "x-device-id": "b" }] as Headers[]) {
      expect(await caching(checkPath(software), headers)).toEqual(ownCheck);
      expect(await caching(checkPath(software, { device_id: "a" }), headers)).toEqual(shared);
      expect(await caching(checkPath(software, { force: "true" }), headers)).toEqual(shared);
      expect(await caching(feed({}), headers)).toEqual(ownFeed);
      expect(await caching(feed({ device_id: "a" }), headers)).toEqual(ownFeed);
      expect(await caching(feed(both), headers)).toEqual(shared);
      expect(await caching(`/feeds/${software}/tauri/latest.json`, headers)).toEqual([
        "private, max-age=10",
        "x-device-id, x-current-version",
      ]);
    }
    await putInto(stack, rollout, "paused");
    expect(await caching(checkPath(software))).toEqual(shared);
    await putInto(stack, rollout, "completed");
    expect(await caching(checkPath(software))).toEqual(shared);
    expect(await caching(feed({}), { "x-device-id": "b", "x-current-version": "9.0.0" })).toEqual(shared);
  });

  test("are told of another answer by another tag", async () => {
    const { software, rollout } = await rolledOut(40);
    const tags = await Promise.all(
      (await devicesOf(stack, rollout.id, 40, 2)).map(async ({ device }) =>
        (await check(software, { device_id: device })).headers.get("etag"),
      ),
    );
    expect(tags[0]).toBe(tags[1]);
    expect(tags[2]).toBe(tags[3]);
    expect(tags[0]).not.toBe(tags[2]);
  });
});

describe("a device that says what it has", () => {
  test("is named nothing older while its version's rollout is paused", async () => {
    const { software, rollout } = await rolledOut(40);
    await putInto(stack, rollout, "paused");
    const stays = { ...all(null), electron: "2.0.0", velopack: "2.0.0", "squirrel, static": "2.0.0" };
    const newest = {
      ...stays,
      "tauri, static": "2.0.0",
      "squirrel on Windows": "2.0.0",
      sparkle: "2.0.0",
      autoupdater: "2.0.0",
    };
    expect(await named(software, { current_version: "2.0.0" }, {}, "2.0.0")).toEqual(newest);
    expect(await named(software, {}, { "x-current-version": "2.0.0" }, "2.0.0")).toEqual(newest);
    // Of a version that was never published, too.
    const unknown = await named(software, { current_version: "5.0.0" }, {}, "5.0.0");
    expect(unknown).toMatchObject({ electron: "5.0.0", "squirrel, static": "5.0.0" });
    expect(unknown).toMatchObject({
      velopack: null,
      tauri: null,
      "tauri, static": null,
      squirrel: null,
      sparkle: null,
    });
    expect(unknown).toMatchObject({ autoupdater: "0.0.0" });
    expect(await named(software)).toMatchObject({ electron: "1.0.0" });
  });

  test("is led back where that version was rolled back", async () => {
    const { software, rollout } = await rolledOut(40);
    await putInto(stack, rollout, "rolled_back", "crashes");
    const { body } = await check(software, { current_version: "2.0.0" });
    expect(body).toMatchObject({ has_update: false, rollback: { version: "1.0.0", reason: "crashes" } });
    for (const told of [[{ current_version: "2.0.0" }], [{}, { "x-current-version": "2.0.0" }]] as const) {
      const [query, headers = {}] = told;
      expect(await named(software, query, headers, "2.0.0")).toMatchObject({
        electron: "1.0.0",
        velopack: "1.0.0",
      });
    }
  });

  test("keeps electron-updater where it is, or takes it back, as the rollout says", async () => {
    const { software, rollout } = await rolledOut(40);
    const run = (version: string, more: { query?: string; headers?: Headers } = {}) =>
      runUpdater({
        url: `${stack.url}/feeds/${software}/electron${more.query ?? ""}`,
        version,
        headers: more.headers ?? {},
        platform: "win32",
        // A channel that is set turns on downgrades.
        channel: "latest",
      });
    const inHeader = (version: string) => ({ headers: { "X-Current-Version": version } });
    await putInto(stack, rollout, "paused");
    for (const told of [inHeader("2.0.0"), { query: "?current_version=2.0.0" }])
      expect(await run("2.0.0", told)).toMatchObject({ error: null, isNewer: false, file: null });
    expect(await run("5.0.0", inHeader("5.0.0"))).toMatchObject({ error: null, isNewer: false, file: null });
    expect(await run("2.0.0")).toMatchObject({ error: null, offered: "1.0.0", isNewer: true });
    await putInto(stack, rollout, "rolled_back");
    const back = await run("2.0.0", inHeader("2.0.0"));
    expect(back).toMatchObject({ error: null, offered: "1.0.0", isNewer: true });
    expect(back.file).not.toBeNull();
  });
});
