import { expect, test } from "vitest";
import { dataOf, expectRefusal, post, stack } from "../plugins.ts";
import { ownNames, seedPlugins, shaOf } from "./seed.ts";

type Updates = {
  updates: { name: string; installed: string; version: string; changelog: string; download_url: string }[];
  up_to_date: number;
  unknown: string[];
  notices: { name: string; installed: string; notice: string }[];
};

const ask = (installed: Record<string, string>, engines?: Record<string, string>) =>
  post<Updates>("updates", { installed, engines });

/** What each plugin may be updated to. */
async function newest(installed: Record<string, string>, engines?: Record<string, string>) {
  const { updates } = dataOf(await ask(installed, engines));
  return Object.fromEntries(updates.map(({ name, version }) => [name, version]));
}

test("an update is told with where to get it and what is new; the rest is counted", async () => {
  const { a, b, gone } = ownNames("a", "b", "gone");
  await seedPlugins(stack, {
    [a]: { "1.0.0": {}, "1.10.0": { changelog: 'a "new" thing\n新功能' }, "1.9.0": {} },
    [b]: { "1.0.0": {} },
  });
  const [old, upper] = ["1.2.0", a.toUpperCase()];
  expect(dataOf(await ask({ [a]: old, [b]: "1.0.0+mine", [gone]: "1.0.0", [upper]: old }))).toEqual({
    updates: [
      {
        name: a,
        installed: old,
        version: "1.10.0",
        size: 100,
        sha256: shaOf(a, "1.10.0"),
        download_url: `${new URL(stack.url).origin}/api/plugins/version/download?name=${a}&version=1.10.0`,
        changelog: 'a "new" thing\n新功能',
      },
    ],
    up_to_date: 1,
    unknown: [upper, gone].toSorted(),
    notices: [],
  });
});

test("pre-releases are for who has one, deprecated versions for nobody", async () => {
  const { a } = ownNames("a");
  await seedPlugins(stack, {
    [a]: { "1.0.0": {}, "1.1.0": {}, "1.2.0": { deprecated: true }, "2.0.0-beta.1": {}, "2.0.0-beta.2": {} },
  });
  expect(await newest({ [a]: "1.0.0" })).toEqual({ [a]: "1.1.0" });
  expect(await newest({ [a]: "1.0.0-rc.1" })).toEqual({ [a]: "2.0.0-beta.2" });
  expect(await newest({ [a]: "1.1.0" })).toEqual({});
  expect(await newest({ [a]: "3.0.0" })).toEqual({});
});

test("hosts and plugins with a fourth number, and engines in any case", async () => {
  const { a } = ownNames("a");
  await seedPlugins(stack, {
    [a]: {
      "1.0.0": { engines: { microdock: ">=0.0.3.0" } },
      "1.1.0": { engines: { microdock: ">=1.5.0.2" } },
      "2.0.0": { engines: { MICRODOCK: ">=9.0.0" } },
    },
  });
  expect(await newest({ [a]: "0.9.0.7" }, { MicroDock: "1.5.0.1" })).toEqual({ [a]: "1.0.0" });
  expect(await newest({ [a]: "0.9" }, { MicroDock: "v1.5.0.2" })).toEqual({ [a]: "1.1.0" });
  expect(await newest({ [a]: "1.1.0.0" }, { microDock: "9.0.0.0" })).toEqual({ [a]: "2.0.0" });
  expect(await newest({ [a]: "1.1.0.4" }, { microdock: "1.5.0" })).toEqual({});
  expectRefusal(await ask({ [a]: "1.0.0" }, { MicroDock: "1.0.0", microdock: "2.0.0" }), 422, /engines/);
});

test("an update is the newest that the engines take", async () => {
  const { a } = ownNames("a");
  await seedPlugins(stack, {
    [a]: {
      "1.0.0": {},
      "1.1.0": { engines: { MicroDock: ">=1" } },
      "1.2.0": { engines: { MicroDock: ">=1" } },
      "2.0.0": { engines: { MicroDock: ">=2", Other: "^1" } },
    },
  });
  expect(await newest({ [a]: "1.0.0" })).toEqual({ [a]: "2.0.0" });
  expect(await newest({ [a]: "1.0.0" }, { MicroDock: "1.9.0" })).toEqual({ [a]: "1.2.0" });
  expect(await newest({ [a]: "1.0.0" }, { MicroDock: "2.0.0-rc.1" })).toEqual({ [a]: "2.0.0" });
  expect(await newest({ [a]: "1.0.0" }, { MicroDock: "2.0.0", Other: "2.0.0" })).toEqual({ [a]: "1.2.0" });
  expect(await newest({ [a]: "1.0.0" }, { MicroDock: "0.5.0" })).toEqual({});
});

test("who has something disabled or deprecated is told", async () => {
  const { off, old, part } = ownNames("off", "old", "part");
  await seedPlugins(
    stack,
    {
      [off]: { "1.0.0": {}, "2.0.0": {} },
      [old]: { "1.0.0": {}, "2.0.0": {} },
      [part]: { "1.0.0": { deprecated: true }, "2.0.0": {} },
    },
    { disabled: [off], deprecated: [old] },
  );
  const installed = "1.0.0";
  const data = dataOf(await ask({ [off]: installed, [old]: installed, [part]: installed }));
  expect(data.updates.map(({ name }) => name)).toEqual([part]);
  expect(data.up_to_date).toBe(2);
  expect(data.notices).toEqual([
    { name: off, installed, notice: "plugin_disabled" },
    { name: old, installed, notice: "plugin_deprecated" },
    { name: part, installed, notice: "version_deprecated" },
  ]);
});

test("500 plugins are one answer, however much there is to say of them", async () => {
  const names = Array.from({ length: 500 }, (_, index) => `p${index}`);
  const own = Object.values(ownNames(...names));
  const changelog = "\u0007新".repeat(2_000);
  await seedPlugins(
    stack,
    Object.fromEntries(own.map((name) => [name, { "1.0.0": {}, "1.0.1": { changelog } }])),
  );
  const { updates } = dataOf(await ask(Object.fromEntries(own.map((name) => [name, "1.0.0"]))));
  expect(updates).toHaveLength(500);
  for (const update of updates)
    expect(changelog.startsWith(update.changelog) && update.changelog !== "").toBe(true);
});

test.each<[string, unknown]>([
  ["nothing", {}],
  ["no plugin", { installed: {} }],
  [
    "more than 500 plugins",
    { installed: Object.fromEntries([...Array(501).keys()].map((i) => [`com.p${i}`, "1.0.0"])) },
  ],
  ["a version that is none", { installed: { "com.a": "newest" } }],
  ["a name that is none", { installed: { "../a": "1.0.0" } }],
  ["an engine that has a range", { installed: { "com.a": "1.0.0" }, engines: { MicroDock: ">=1" } }],
])("%s is refused", async (_, request) => expectRefusal(await post("updates", request), 422));
