import { describe, expect, test } from "vitest";
import { newSoftware, publish } from "../support/publish.ts";
import { softwareAdmin } from "../support/software.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const admin = softwareAdmin(() => stack);

type Check = { data: { has_update: boolean; latest_version?: string } };

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
    ["a release that comes after a higher pre-release", ["2.0.0-beta.1", "1.0.0"], "1.0.0"],
    ["the higher with a v", ["v2.0.0", "v1.9.9"], "v2.0.0"],
    ["the higher of four numbers", ["1.0.0.10", "1.0.0.9", "1.0.0"], "1.0.0.10"],
    ["the higher of days", ["2024.01.15", "2023.12.31", "2024.1.9"], "2024.01.15"],
    ["the higher of all kinds", ["2", "v1.9.9", "1.9.9.9", "2024.01.15", "3.0"], "2024.01.15"],
    ["a release rather than a later pre-release with a v", ["v2.0", "v2.1-beta"], "v2.0"],
    ["the later of other texts", ["第二版", "first", "版本"], "版本"],
    ["a later other text than a version", ["3.0.0", "版本"], "版本"],
    ["a later version than another text", ["版本", "1.0.0"], "1.0.0"],
    ["no lower version after another text", ["3.0.0", "版本", "2.0.0"], "版本"],
    ["a higher version after another text", ["3.0.0", "版本", "v3.0.1"], "v3.0.1"],
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

describe("an update", () => {
  /** What the owner of each of these versions is told to take. */
  async function told(texts: readonly string[]) {
    const { akey } = await admin.newSoftware();
    const answers: [string, string][] = [];
    const owned = [];
    for (const text of texts) owned.push({ text, vkey: (await admin.newVersion(akey, text)).vkey });
    for (const { text, vkey } of owned) {
      const { body } = await stack.request<Check>("/api/check/update", { json: { akey, vkey } });
      answers.push([text, body.data.latest_version ?? "none"]);
    }
    return Object.fromEntries(answers);
  }

  test("is never a downgrade", async () => {
    expect(await told(["v2.0.0", "v1.9.9"])).toEqual({ "v2.0.0": "none", "v1.9.9": "v2.0.0" });
    expect(await told(["1.0.0.5", "1.0.0.4"])).toEqual({ "1.0.0.5": "none", "1.0.0.4": "1.0.0.5" });
    expect(await told(["2024.02.01", "2024.01.15"])).toEqual({
      "2024.02.01": "none",
      "2024.01.15": "2024.02.01",
    });
    expect(await told(["2.0.0-rc.1", "1.9"])).toEqual({ "2.0.0-rc.1": "none", "1.9": "none" });
  });

  test("goes by publication where a text cannot be read", async () => {
    expect(await told(["一", "二", "三"])).toEqual({ 一: "三", 二: "三", 三: "none" });
    expect(await told(["3.0.0", "版本", "2.0.0"])).toEqual({
      "3.0.0": "版本",
      版本: "none",
      "2.0.0": "none",
    });
  });

  test("is none to what an administrator made the latest before a later text", async () => {
    const { akey } = await admin.newSoftware();
    const first = await admin.newVersion(akey, "一");
    const later = await admin.newVersion(akey, "二");
    await put(first.vkey, { is_latest: true });
    const json = { akey, vkey: later.vkey };
    expect((await stack.request<Check>("/api/check/update", { json })).body.data.has_update).toBe(false);
  });
});

describe("a version whose packages are all yanked or deleted", () => {
  /** Software of 1.0.0 and 2.0.0 with a package each; what its 1.0.0 is told. */
  async function twoVersions() {
    const software = newSoftware();
    const old = await publish(stack, { software, version: "1.0.0" });
    const fresh = await publish(stack, { software, version: "2.0.0" });
    const { akey } = await admin.bySlug(software);
    const { list } = await admin.versions(akey);
    const vkeyOf = (text: string) => list.find((one) => one.version === text)?.vkey ?? "";
    const update = async () => {
      const json = { akey, vkey: vkeyOf("1.0.0") };
      const { body } = await stack.request<Check>("/api/check/update", { json });
      return body.data.has_update ? body.data.latest_version : "none";
    };
    return { software, akey, old, fresh, vkeyOf, update };
  }
  const change = (id: number, verb: "yank" | "unyank") =>
    stack.request(`/api/v1/packages/${id}/${verb}`, { method: "POST", asPublisher: true });
  const drop = (id: number) =>
    stack.request(`/api/v1/packages/${id}`, { method: "DELETE", asPublisher: true });

  test("yanked, it is neither latest nor offered until it is offered again", async () => {
    const { akey, fresh, vkeyOf, update } = await twoVersions();
    expect(await update()).toBe("2.0.0");
    await change(fresh.package_id, "yank");
    expect([await latestOf(akey), await update()]).toEqual([["1.0.0"], "none"]);
    expect((await put(vkeyOf("2.0.0"), { is_latest: true })).status).toBe(400);
    expect(await latestOf(akey)).toEqual(["1.0.0"]);
    await change(fresh.package_id, "unyank");
    expect([await latestOf(akey), await update()]).toEqual([["2.0.0"], "2.0.0"]);
  });

  test("deleted, neither, until a package comes again", async () => {
    const { software, akey, fresh, update } = await twoVersions();
    await drop(fresh.package_id);
    expect([await latestOf(akey), await update()]).toEqual([["1.0.0"], "none"]);
    await publish(stack, { software, version: "v2.0", platform: "linux" });
    expect([await latestOf(akey), await update()]).toEqual([["2.0.0"], "2.0.0"]);
  });

  test("with one package left it is offered on", async () => {
    const { software, akey, fresh, update } = await twoVersions();
    const linux = await publish(stack, { software, version: "2.0.0", platform: "linux" });
    await drop(fresh.package_id);
    expect([await latestOf(akey), await update()]).toEqual([["2.0.0"], "2.0.0"]);
    await change(linux.package_id, "yank");
    expect([await latestOf(akey), await update()]).toEqual([["1.0.0"], "none"]);
  });

  test("where nothing is offered nothing is the latest, until something is", async () => {
    const { software, akey, old, fresh, update } = await twoVersions();
    for (const { package_id } of [fresh, old]) await change(package_id, "yank");
    expect([await latestOf(akey), await update()]).toEqual([[], "none"]);
    await publish(stack, { software, version: "1.5.0" });
    expect([await latestOf(akey), await update()]).toEqual([["1.5.0"], "1.5.0"]);
    await change(old.package_id, "unyank");
    expect(await latestOf(akey)).toEqual(["1.5.0"]);
  });

  test("a version that never had packages is offered as it is", async () => {
    const { akey, update } = await twoVersions();
    await admin.newVersion(akey, "v3");
    expect([await latestOf(akey), await update()]).toEqual([["v3"], "v3"]);
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
    const alone = await admin.newVersion(akey, "v0.1");
    await put(alone.vkey, { is_latest: false });
    expect(await latestOf(akey)).toEqual(["v0.1"]);
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
