import { describe, expect, test } from "vitest";
import { newSoftware, publish } from "../support/publish.ts";
import { softwareAdmin } from "../support/software.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const admin = softwareAdmin(() => stack);

const latestOf = async (akey: string) =>
  (await admin.versions(akey)).list.filter((one) => one.is_latest).map((one) => one.version);
const put = (vkey: string, json: unknown) => admin.send(`/api/versions/${vkey}`, { method: "PUT", json });
const remove = (vkey: string) => admin.send(`/api/versions/${vkey}`, { method: "DELETE" });

describe("the latest version, where nobody says which", () => {
  const orders: [why: string, texts: string[], latest: string][] = [
    ["the highest of versions", ["1.9.0", "1.10.0", "1.2.0"], "1.10.0"],
    ["a release above its pre-release", ["2.0.0-beta.1", "2.0.0"], "2.0.0"],
    ["a release rather than a later pre-release", ["1.0.0", "2.0.0-beta.1"], "1.0.0"],
    ["the higher of pre-releases", ["2.0.0-beta.2", "2.0.0-beta.10", "2.0.0-beta.9"], "2.0.0-beta.10"],
    ["the later of other texts", ["v9", "v1", "版本"], "版本"],
    ["a later other text than a version", ["3.0.0", "v2.1-beta"], "v2.1-beta"],
    ["a later version than another text", ["v9", "1.0.0"], "1.0.0"],
  ];
  test.each(orders)("is %s", async (_why, texts, latest) => {
    const { akey } = await admin.newSoftware();
    for (const text of texts) await admin.newVersion(akey, text);
    expect(await latestOf(akey)).toEqual([latest]);
  });

  test("is the same rule for published packages", async () => {
    const software = newSoftware();
    const latest = async () => latestOf((await admin.bySlug(software)).akey);
    await publish(stack, { software, version: "1.0.0-beta.1" });
    expect(await latest()).toEqual(["1.0.0-beta.1"]);
    await publish(stack, { software, version: "1.1.0" });
    await publish(stack, { software, version: "1.0.0" });
    await publish(stack, { software, version: "2.0.0-beta.1" });
    await publish(stack, { software, version: "2.0.0", is_stable: false });
    expect(await latest()).toEqual(["1.1.0"]);
    await publish(stack, { software, version: "2.0.0", platform: "linux", is_stable: true });
    expect(await latest()).toEqual(["2.0.0"]);
  });

  test("stays what an administrator made it when more packages of old versions come", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await publish(stack, { software, version: "2.0.0" });
    const { akey } = await admin.bySlug(software);
    const { list } = await admin.versions(akey);
    await put(list.find((one) => one.version === "1.0.0")?.vkey ?? "", { is_latest: true });
    await publish(stack, { software, version: "2.0.0", platform: "linux", is_stable: true });
    expect(await latestOf(akey)).toEqual(["1.0.0"]);
  });
});

describe("the latest version, said", () => {
  test("true takes it, false leaves it", async () => {
    const { akey } = await admin.newSoftware();
    const first = await admin.newVersion(akey, "2.0.0", { is_latest: false });
    expect(first.is_latest).toBe(true);
    expect((await admin.newVersion(akey, "3.0.0", { is_latest: false })).is_latest).toBe(false);
    const beta = await admin.newVersion(akey, "1.0.0-beta", { is_latest: true });
    expect(beta.is_latest).toBe(true);
    expect(await latestOf(akey)).toEqual(["1.0.0-beta"]);
    await put(first.vkey, { is_latest: true });
    expect(await latestOf(akey)).toEqual(["2.0.0"]);
    await put(first.vkey, { is_latest: true });
    await put(beta.vkey, { is_latest: false });
    expect(await latestOf(akey)).toEqual(["2.0.0"]);
  });

  test("taken back or deleted, it is the highest of the others", async () => {
    const { akey } = await admin.newSoftware();
    const alone = await admin.newVersion(akey, "v1");
    await put(alone.vkey, { is_latest: false });
    expect(await latestOf(akey)).toEqual(["v1"]);
    for (const text of ["1.0.0", "1.2.0", "2.0.0-rc.1", "1.1.0"]) await admin.newVersion(akey, text);
    const last = await admin.newVersion(akey, "3.0.0");
    await put(last.vkey, { is_latest: false });
    expect(await latestOf(akey)).toEqual(["1.2.0"]);
    await put(last.vkey, { is_latest: true });
    await remove(last.vkey);
    expect(await latestOf(akey)).toEqual(["1.2.0"]);
    await remove(alone.vkey);
    const expected = ["1.1.0", "1.0.0", "2.0.0-rc.1"];
    for (const next of expected) {
      const { list } = await admin.versions(akey);
      await remove(list.find((one) => one.is_latest)?.vkey ?? "");
      expect(await latestOf(akey)).toEqual([next]);
    }
  });

  test("forty changes at once, creations and deletions among them, leave exactly one", async () => {
    const { akey } = await admin.newSoftware();
    const vkeys: string[] = [];
    for (let minor = 0; minor < 10; minor++) vkeys.push((await admin.newVersion(akey, `1.${minor}.0`)).vkey);
    const doomed = vkeys.slice(0, 2);
    const changes = Array.from({ length: 40 }, (_, index) => {
      const vkey = vkeys[2 + (index % 8)] ?? "";
      if (index % 10 === 3) return remove(doomed.pop() ?? vkey);
      if (index % 10 === 7) {
        const json = { version: `2.${index}.0`, is_latest: index % 4 === 3 };
        return admin.send(`/api/software/${akey}/versions`, { json });
      }
      return put(vkey, { is_latest: index % 3 !== 0 });
    });
    for (const { status, text } of await Promise.all(changes)) expect([200, 404], text).toContain(status);
    expect(await latestOf(akey)).toHaveLength(1);
  });

  test("forty claims at once are all answered and leave exactly one", async () => {
    const { akey } = await admin.newSoftware();
    const vkeys: string[] = [];
    for (let minor = 0; minor < 8; minor++) vkeys.push((await admin.newVersion(akey, `1.${minor}.0`)).vkey);
    const claims = Array.from({ length: 40 }, (_, index) => put(vkeys[index % 8] ?? "", { is_latest: true }));
    expect((await Promise.all(claims)).map(({ status }) => status)).toEqual(claims.map(() => 200));
    expect(await latestOf(akey)).toHaveLength(1);
  });
});
