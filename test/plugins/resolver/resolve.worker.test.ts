import { describe, expect, test } from "vitest";
import { execute } from "../../support/behind.ts";
import { chinese, dataOf, expectRefusal, post, stack } from "../plugins.ts";
import { ownNames, seedPlugins, shaOf, type Seeded } from "./seed.ts";

type Lock = Record<"install" | "engines" | "installed" | "integrity", Record<string, string>>;
type Planned = {
  name: string;
  version: string;
  action: string;
  previous?: string;
  download_url: string | null;
};
type Plan = { plan: Planned[]; total_size: number; lock: Lock; notices: unknown[] };
type Conflict = {
  summary: string;
  conflict: { plugin: string; wanted_by: string; range?: string; reason: string; message: string }[];
};

const ask = (json: unknown, headers: Record<string, string> = {}) => post<Plan>("resolve", json, { headers });

test("an install has all that it needs, in order, with where to get it", async () => {
  const { app, lib, base } = ownNames("app", "lib", "base");
  await seedPlugins(stack, {
    [app]: { "1.0.0": { needs: { [lib]: "^1.1" }, engines: { MicroDock: ">=2.0.0" } }, "0.9.0": {} },
    [lib]: { "2.0.0": {}, "1.2.0": { needs: { [base]: "*" } }, "1.1.0": {} },
    [base]: { "1.0.0-rc.1": {}, "0.3.0+build.7": { deprecated: true } },
  });
  const installed = { [lib]: "1.1.0", [base]: "0.1.0" };
  const engines = { MicroDock: "2.1.0" };
  const data = dataOf(await ask({ install: { [app]: "*", [lib]: ">=1.2 <2" }, engines, installed }));
  const of = (name: string, version: string) => ({
    name,
    version,
    size: 100,
    sha256: shaOf(name, version),
    download_url: `${new URL(stack.url).origin}/api/plugins/version/download?name=${name}&version=${encodeURIComponent(version)}`,
    is_deprecated: false,
  });
  expect(data).toEqual({
    plan: [
      {
        name: base,
        version: "0.1.0",
        action: "keep",
        previous: "0.1.0",
        size: null,
        sha256: null,
        download_url: null,
        dependencies: {},
        is_deprecated: false,
      },
      { ...of(lib, "1.2.0"), action: "update", previous: "1.1.0", dependencies: { [base]: "*" } },
      { ...of(app, "1.0.0"), action: "install", dependencies: { [lib]: "^1.1" } },
    ],
    total_size: 200,
    lock: {
      install: { [base]: "0.1.0", [lib]: "1.2.0", [app]: "1.0.0" },
      engines,
      installed,
      integrity: { [lib]: shaOf(lib, "1.2.0"), [app]: shaOf(app, "1.0.0") },
    },
    notices: [],
  });

  const [other] = dataOf(await ask({ install: { [base]: "*" } })).plan;
  expect(other).toEqual({
    ...of(base, "0.3.0+build.7"),
    action: "install",
    dependencies: {},
    is_deprecated: true,
  });
});

test("a lock is answered the same when there are newer versions, and says so when bytes are others", async () => {
  const { app, lib } = ownNames("app", "lib");
  await seedPlugins(stack, {
    [app]: { "1.0.0": { needs: { [lib]: ">=0.1.0 || ^1.0.0-rc.0" } } },
    [lib]: { "1.0.0-rc.1": {}, "0.2.0": {} },
  });
  const first = dataOf(await ask({ install: { [app]: "^1" }, installed: { [lib]: "0.1.0" } }));
  const newest = dataOf(await ask({ install: { [app]: "^1", [lib]: ">=1.0.0-rc.0" } }));
  const { newer } = ownNames("newer");
  await seedPlugins(stack, { [newer]: { "1.0.0": {}, "9.0.0": {} } });
  await execute(
    stack,
    "UPDATE plugin_versions SET plugin_name = ?, order_key = order_key || 'x' WHERE plugin_name = ?",
    [app, newer],
  );
  expect(dataOf(await ask({ install: { [app]: "*" } })).plan.map(({ version }) => version)).not.toEqual([
    "1.0.0",
  ]);
  for (const { plan, total_size, lock } of [first, newest]) {
    expect(dataOf(await ask(lock))).toEqual({ plan, total_size, lock, notices: [] });
  }

  const { lock } = newest;
  const answer = await post<Conflict>("resolve", {
    ...lock,
    integrity: { ...lock.integrity, [lib]: "0".repeat(64) },
  });
  expect(answer.status).toBe(409);
  expect(answer.body.data.conflict).toEqual([
    expect.objectContaining({ plugin: lib, wanted_by: "request", range: "1.0.0-rc.1", reason: "requested" }),
    expect.objectContaining({ plugin: lib, wanted_by: `${lib}@1.0.0-rc.1`, reason: "integrity" }),
  ]);
});

test("a conflict says who wants what, in both languages", async () => {
  const { a, b, c, off } = ownNames("a", "b", "c", "off");
  const plugins: Seeded = {
    [a]: { "1.0.0": { needs: { [c]: ">=2" } } },
    [b]: { "1.0.0": { needs: { [c]: "<1" } }, "1.0.1": { needs: { [c]: "<1" } } },
    [c]: { "2.0.0": {}, "0.9.0": {} },
    [off]: { "1.0.0": {} },
  };
  await seedPlugins(stack, plugins, { disabled: [off] });
  const request = { install: { [a]: "*", [b]: "1.x" } };
  const answer = await post<Conflict>("resolve", request);
  expect(answer.status).toBe(409);
  const messages = [
    `the request wants ${a} *`,
    `the request wants ${b} 1.x`,
    `${a}@1.0.0 needs ${c} >=2`,
    `${b}@1.0.1, 1.0.0 needs ${c} <1`,
  ];
  const summary = `no version of ${c} suits all of these: ${a} → ${c} >=2; ${b} → ${c} <1`;
  expect(answer.body).toEqual({
    success: false,
    message: `There is no set of versions that fits: ${summary}. All that leads to it: ${messages.join("; ")}`,
    data: {
      summary,
      conflict: [
        { plugin: a, wanted_by: "request", range: "*", reason: "requested", message: messages[0] },
        { plugin: b, wanted_by: "request", range: "1.x", reason: "requested", message: messages[1] },
        {
          plugin: c,
          wanted_by: `${a}@1.0.0`,
          range: ">=2",
          reason: "dependency",
          versions: ["1.0.0"],
          message: messages[2],
        },
        {
          plugin: c,
          wanted_by: `${b}@1.0.1, 1.0.0`,
          range: "<1",
          reason: "dependency",
          versions: ["1.0.1", "1.0.0"],
          message: messages[3],
        },
      ],
    },
  });
  expect((await ask(request, chinese)).body.message).toContain(`请求需要 ${b} 1.x`);
  const disabled = await ask({ install: { [off]: "*" } });
  expect([disabled.status, disabled.body.message]).toEqual([
    409,
    expect.stringContaining(`${off} is disabled`),
  ]);
  const upper = a.toUpperCase();
  expect((await ask({ install: { [upper]: "*" } })).body.message).toContain(`there is no plugin ${upper}`);
});

test("a conflict says in short which wish leads over which plugins to what cannot be", async () => {
  const { app, lib, early, off, lost, gone } = ownNames("app", "lib", "early", "off", "lost", "gone");
  await seedPlugins(
    stack,
    {
      [app]: { "1.0.0": { needs: { [lib]: "^1" } }, "0.1.0": { engines: { MicroDock: ">=2" } } },
      [lib]: { "1.0.0": { needs: { [off]: "*" } } },
      [early]: { "1.0.0-rc.1": {} },
      [off]: { "1.0.0": {} },
      [lost]: { "1.0.0": { needs: { [gone]: "*" } } },
    },
    { disabled: [off] },
  );
  const summaryOf = async (install: Record<string, string>, engines = {}, headers = {}) =>
    (await post<Conflict>("resolve", { install, engines }, { headers })).body.data.summary;
  expect(await summaryOf({ [app]: "^1" })).toContain(`${app} → ${lib} → ${off}: ${off} is disabled (`);
  expect(await summaryOf({ [app]: "^1" }, {}, chinese)).toContain(
    `${app} → ${lib} → ${off}：${off} 已禁用，`,
  );
  expect(await summaryOf({ [lost]: "*" })).toBe(
    `${lost} → ${gone}: there is no plugin ${gone} (check the name)`,
  );
  expect(await summaryOf({ [app]: "<1" }, { MicroDock: "1.0.0" })).toContain("but MicroDock is 1.0.0");
  expect(await summaryOf({ [app]: "^9" })).toMatch(/no version of it is in this range$/);
  expect(await summaryOf({ [early]: "^1" })).toContain("only pre-releases so far: ask for 1.0.0-rc.1");
  const { message } = (await ask({ install: { [app]: "^9" } })).body;
  expect(message).toBe(
    `There is no set of versions that fits: the request wants ${app} ^9, and no version of it is in this range`,
  );
});

test("what is installed of a disabled plugin stays as it is, with a notice", async () => {
  const { app, off } = ownNames("app", "off");
  await seedPlugins(
    stack,
    { [app]: { "1.0.0": { needs: { [off]: "^1" } } }, [off]: { "1.0.0": {}, "1.1.0": {} } },
    { disabled: [off] },
  );
  const installed = { [off]: "1.0.0" };
  const data = dataOf(await ask({ install: { [app]: "*" }, installed }));
  const notices = [{ name: off, installed: "1.0.0", notice: "plugin_disabled" }];
  expect(data.notices).toEqual(notices);
  expect(data.plan).toMatchObject([
    { name: off, version: "1.0.0", action: "keep", size: null, sha256: null, download_url: null },
    { name: app, version: "1.0.0", action: "install" },
  ]);
  expect(dataOf(await ask(data.lock))).toEqual(data);
  expect((await ask({ install: { [off]: ">1" }, installed })).body.message).toContain(`${off} is disabled`);
});

test("of a plugin that is deprecated as a whole, versions with a mark of their own come last", async () => {
  const { old } = ownNames("old");
  const versions = { "2.0.0": { deprecated: true }, "1.0.0": {} };
  await seedPlugins(stack, { [old]: versions }, { deprecated: [old] });
  const versionOf = async (range: string, installed = {}) =>
    dataOf(await ask({ install: range === "" ? {} : { [old]: range }, installed })).plan.map(
      ({ version }) => version,
    );
  expect(await versionOf("*")).toEqual(["1.0.0"]);
  expect(await versionOf("^2")).toEqual(["2.0.0"]);
  expect(await versionOf("", { [old]: "2.0.0" })).toEqual(["2.0.0"]);
});

test("a plugin that is deprecated as a whole is in the set only where nothing else fits", async () => {
  const { app, old, young } = ownNames("app", "old", "young");
  const plugins: Seeded = {
    [app]: { "2.0.0": { needs: { [old]: "*" } }, "1.0.0": { needs: { [young]: "*" } } },
    [old]: { "1.0.0": {} },
    [young]: { "1.0.0": {} },
  };
  await seedPlugins(stack, plugins, { deprecated: [old] });
  const names = async (range: string) =>
    dataOf(await ask({ install: { [app]: range } })).plan.map(({ name, version }) => `${name}@${version}`);
  expect(await names("*")).toEqual([`${young}@1.0.0`, `${app}@1.0.0`]);
  expect(await names("^2")).toEqual([`${old}@1.0.0`, `${app}@2.0.0`]);
});

test("what reaches too many versions is refused", async () => {
  const parts = Array.from({ length: 201 }, (_, index) => `p${index}`);
  const { app } = ownNames("app");
  const names = Object.values(ownNames(...parts));
  const versions = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`1.${index}.0`, {}]));
  const needs = Object.fromEntries(names.map((name) => [name, "*"]));
  const all = names.map((name) => [name, versions] as const);
  await seedPlugins(stack, { [app]: { "1.0.0": { needs }, "0.1.0": {} }, ...Object.fromEntries(all) });
  expectRefusal(await ask({ install: { [app]: "^1" } }), 422, /too many versions/);
  const install = Object.fromEntries(
    Object.keys(needs)
      .slice(1)
      .map((name) => [name, "<=1.50"]),
  );
  expect(dataOf(await ask({ install })).plan.map(({ version }) => version)).toEqual(
    Array(200).fill("1.50.0"),
  );
});

describe("is refused with 422:", () => {
  const names = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`com.p${index}`, "1.0.0"]));
  test.each<[string, unknown]>([
    ["no install", {}],
    ["a list", { install: ["com.a"] }],
    ["a range that is none", { install: { "com.a": "latest" } }],
    ["a range that is no text", { install: { "com.a": 1 } }],
    ["a range that is too long", { install: { "com.a": `>=1 ${" ".repeat(200)}` } }],
    ["a name that is none", { install: { a: "*" } }],
    ["a name of every object", { install: { constructor: "*" } }],
    ["an installed version that is none", { install: {}, installed: { "com.a": "1.0.x" } }],
    ["two versions of one engine", { install: {}, engines: { MicroDock: "1.0.0", microdock: "2.0.0" } }],
    ["an engine version that is a range", { install: {}, engines: { MicroDock: "^1" } }],
    ["a SHA-256 that is none", { install: {}, integrity: { "com.a": "abc" } }],
    ["more plugins than the limit", { install: names(501) }],
    ["too many engines", { install: {}, engines: names(51) }],
  ])("%s", async (_, request) => expectRefusal(await ask(request), 422));

  test("more plugins than the limit in install and installed together", async () => {
    const others = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`com.q${index}`, "1.0.0"]));
    expectRefusal(await ask({ install: names(251), installed: others }), 422);
    expect((await ask({ install: {}, installed: { ...names(250), ...others } })).status).toBe(200);
  });
});
