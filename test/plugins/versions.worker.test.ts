import { describe, expect, test } from "vitest";
import { archive } from "./archives.ts";
import {
  asAdmin,
  currentVersion,
  dataOf,
  detail,
  expectRefusal,
  newPlugin,
  pluginForm,
  post,
  publish,
  sendForm,
  type Version,
  stack,
} from "./plugins.ts";

const listed = async (name: string) =>
  dataOf(await post<Version[]>("versions", { name })).map(({ version }) => version);

describe("the current version", () => {
  test.each([
    ["in order", ["1.9.0", "1.10.0", "2.0.0"], "2.0.0"],
    ["out of order", ["2.0.0", "1.9.0", "1.10.0"], "2.0.0"],
    ["a pre-release behind a release", ["1.0.0", "2.0.0-beta.1"], "1.0.0"],
    ["a release behind a pre-release", ["2.0.0-beta.1", "1.0.0"], "1.0.0"],
    ["nothing but pre-releases", ["2.0.0-beta.2", "2.0.0-beta.11", "2.0.0-alpha"], "2.0.0-beta.11"],
    ["a release of a pre-release", ["2.0.0-rc.1", "2.0.0"], "2.0.0"],
  ])("%s", async (_order, versions, current) => {
    const { name } = await newPlugin(versions);
    expect(await currentVersion(name)).toBe(current);
  });

  test("is never a deprecated one while there is another, be it a pre-release", async () => {
    const { name, key } = await newPlugin(["1.0.0", "1.1.0", "2.0.0-beta.1"]);
    const deprecate = async (version: string) =>
      expect(dataOf(await asAdmin<Version>("version/deprecate", { name, version })).is_deprecated).toBe(true);
    await deprecate("1.1.0");
    expect(await currentVersion(name)).toBe("1.0.0");
    await deprecate("1.0.0");
    expect(await currentVersion(name)).toBe("2.0.0-beta.1");
    await deprecate("2.0.0-beta.1");
    expect(await currentVersion(name)).toBe("1.1.0");
    expect(await publish(key, { name, version: "0.1.0" })).toMatchObject({ current_version: "0.1.0" });
  });

  test("lends the plugin what it says of it", async () => {
    const { name, key } = await newPlugin(["1.0.0"]);
    await publish(key, { name, version: "0.9.0", displayName: "older" });
    expect((await detail(name)).plugin.display_name).toBe(name);
    await publish(key, { name, version: "1.1.0", displayName: "newer" });
    expect((await detail(name)).plugin.display_name).toBe("newer");
  });
});

test("versions come in the order of their precedence, whatever the order of the uploads", async () => {
  const { name } = await newPlugin(["1.0.0", "1.0.0-rc.1", "1.10.0", "1.2.0"]);
  expect(await listed(name)).toEqual(["1.10.0", "1.2.0", "1.0.0", "1.0.0-rc.1"]);
});

test("build metadata makes no version another one", async () => {
  const { name, key } = await newPlugin(["1.0.0+20261130"]);
  expect(await listed(name)).toEqual(["1.0.0+20261130"]);
  const again = await sendForm(pluginForm(key, await archive({ name, version: "1.0.0" })));
  expectRefusal(again, 409, /already/);
  for (const version of ["1.0.0", "1.0.0+20261130", "1.0.0+other"]) {
    expect(dataOf(await post<Version>("version/detail", { name, version })).version).toBe("1.0.0+20261130");
  }
  const { headers } = await post("version/download", { name, version: "1.0.0" });
  const file = await fetch(new URL(headers.get("location") ?? "", stack.url));
  expect(file.status).toBe(200);
  expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${name}@1.0.0+20261130.zip"`);
  await file.arrayBuffer();
});

test("every change of a plugin moves its updated_at, and what changes nothing does not", async () => {
  const { name, key } = await newPlugin();
  let { created_at: made, updated_at: last } = (await detail(name)).plugin;
  const moves = async (what: string, work: () => Promise<unknown>, by: boolean) => {
    await work();
    const { created_at, updated_at } = (await detail(name)).plugin;
    expect(created_at).toBe(made);
    expect(updated_at > last, what).toBe(by);
    last = updated_at;
  };
  await moves("upload", () => publish(key, { name, version: "1.1.0" }), true);
  await moves("disable", () => asAdmin("disable", { name }), true);
  await moves("disable again", () => asAdmin("disable", { name }), false);
  await moves("enable", () => asAdmin("enable", { name }), true);
  await moves("deprecate", () => asAdmin("deprecate", { name }), true);
  await moves("deprecate again", () => asAdmin("deprecate", { name }), false);
  const version = { name, version: "1.1.0" };
  await moves("deprecate a version", () => asAdmin("version/deprecate", version), true);
  await moves("deprecate it again", () => asAdmin("version/deprecate", version), false);
  await moves("download", () => post("download", { name }), false);
});
