import { describe, expect, test } from "vitest";
import { signedInSuite, type SignedInEndpoint } from "../support/auth-suite.ts";
import { newSoftware } from "../support/publish.ts";
import { expectRefusal, softwareAdmin } from "../support/software.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const admin = softwareAdmin(() => stack);
const chinese = { "accept-language": "zh-CN" };
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const check = (what: "legality" | "update", json: unknown) =>
  stack.request(`/api/check/${what}`, { json, headers: chinese });

describe("the documented examples", () => {
  test("2.1 to 2.4: software", async () => {
    const name = `软件名称 ${newSoftware()}`;
    const json = { name, description: "软件描述" };
    const created = await admin.send<{ data: { akey: string } }>("/api/software", { json });
    expect({ status: created.status, body: created.body }).toEqual({
      status: 200,
      body: {
        code: 200,
        data: {
          akey: expect.stringMatching(/^soft_\w+$/),
          ...json,
          visibility: "public",
          created_at: moment,
        },
      },
    });
    const { akey } = created.body.data;
    const listed = async () =>
      (await admin.software("page=1&size=100")).list.find((one) => one.akey === akey);
    expect(await listed()).toEqual({
      akey,
      ...json,
      visibility: "public",
      created_at: moment,
      version_count: 0,
    });

    const newName = `新软件名称 ${newSoftware()}`;
    const path = `/api/software/${akey}`;
    const change = { method: "PUT", json: { name: newName, description: "新软件描述" }, headers: chinese };
    expect((await admin.send(path, change)).body).toEqual({ code: 200, message: "更新成功" });
    expect(await listed()).toMatchObject(change.json);

    const removed = await admin.send(path, { method: "DELETE", headers: chinese });
    expect({ status: removed.status, body: removed.body }).toEqual({
      status: 200,
      body: { code: 200, message: "删除成功" },
    });
    expectRefusal(await admin.send(path, { method: "DELETE", headers: chinese }), 404, /软件不存在/);
  });

  test("3.1 to 3.4: versions", async () => {
    const { akey } = await admin.newSoftware();
    const path = `/api/software/${akey}/versions`;
    const json = { version: "1.0.0", description: "版本描述", is_latest: false };
    const created = await admin.send<{ data: { vkey: string } }>(path, { json });
    const { vkey } = created.body.data;
    expect({ status: created.status, body: created.body }).toEqual({
      status: 200,
      body: {
        code: 200,
        data: {
          vkey: expect.stringMatching(/^\w+$/),
          akey,
          version: "1.0.0",
          description: "版本描述",
          is_latest: true,
          created_at: moment,
        },
      },
    });
    const second = await admin.newVersion(akey, "v2.1-beta");
    // Beside what is documented: who is offered it.
    const open = { is_critical: false, is_watershed: false, min_update_from: null };
    expect(await admin.versions(akey, "page=1&size=10")).toEqual({
      total: 2,
      list: [
        {
          vkey: second.vkey,
          version: "v2.1-beta",
          description: "",
          is_latest: false,
          created_at: moment,
          ...open,
        },
        { vkey, version: "1.0.0", description: "版本描述", is_latest: true, created_at: moment, ...open },
      ],
    });

    const change = { version: "2.0.0", description: "新的版本描述", is_latest: true };
    const put = await admin.send(`/api/versions/${vkey}`, { method: "PUT", json: change, headers: chinese });
    expect(put.body).toEqual({ code: 200, message: "更新成功" });
    expect((await admin.versions(akey)).list[1]).toMatchObject(change);

    const removed = await admin.send(`/api/versions/${vkey}`, { method: "DELETE", headers: chinese });
    expect(removed.body).toEqual({ code: 200, message: "删除成功" });
    expect((await admin.versions(akey)).list).toMatchObject([{ version: "v2.1-beta", is_latest: true }]);
  });

  test("4.1: legality", async () => {
    const { akey } = await admin.newSoftware();
    const { vkey } = await admin.newVersion(akey, "1.0.0");
    const good = await check("legality", { akey, vkey });
    expect({ status: good.status, body: good.body }).toEqual({
      status: 200,
      body: { code: 200, data: { legal: true, message: "AKey和VKey合法" } },
    });
    const unknown = (message: string) => ({
      status: 404,
      body: { code: 404, data: { legal: false, message } },
    });
    const noAkey = await check("legality", { akey: "soft_none", vkey });
    expect({ status: noAkey.status, body: noAkey.body }).toEqual(unknown("AKey不存在"));
    const noVkey = await check("legality", { akey, vkey: "none" });
    expect({ status: noVkey.status, body: noVkey.body }).toEqual(unknown("VKey不存在"));
    const other = await admin.newSoftware();
    const { vkey: others } = await admin.newVersion(other.akey, "1.0.0");
    const foreign = await check("legality", { akey, vkey: others });
    expect({ status: foreign.status, body: foreign.body }).toEqual(unknown("VKey不存在"));
    const english = await stack.request("/api/check/legality", { json: { akey: "soft_none", vkey } });
    expect(english.body).toEqual({ code: 404, data: { legal: false, message: "No such AKey" } });
  });

  test("4.2: update", async () => {
    const { akey } = await admin.newSoftware();
    const { vkey } = await admin.newVersion(akey, "1.0.0");
    const none = { code: 200, data: { has_update: false, message: "当前已是最新版本" } };
    expect((await check("update", { akey, vkey })).body).toEqual(none);
    const newer = await admin.newVersion(akey, "1.1.0");
    expect((await check("update", { akey, vkey })).body).toEqual({
      code: 200,
      data: { has_update: true, latest_version: "1.1.0", release_time: newer.created_at },
    });
    expect((await check("update", { akey, vkey: newer.vkey })).body).toEqual(none);
    const unknown = await check("update", { akey, vkey: "none" });
    expect({ status: unknown.status, body: unknown.body }).toEqual({
      status: 404,
      body: { code: 404, data: { legal: false, message: "VKey不存在" } },
    });
  });
});

describe("who may", () => {
  const softwarePath = async () => `/api/software/${(await admin.newSoftware()).akey}`;
  const versionsPath = async () => `${await softwarePath()}/versions`;
  const versionPath = async () => {
    const { akey } = await admin.newSoftware();
    return `/api/versions/${(await admin.newVersion(akey, "1.0.0")).vkey}`;
  };
  const common = { needs: "admin", expectError: expectRefusal } as const;
  const endpoints: SignedInEndpoint[] = [
    { method: "GET", path: "/api/software", ...common },
    { method: "POST", path: "/api/software", body: { name: newSoftware() }, ...common },
    { method: "PUT", path: softwarePath, body: {}, ...common },
    { method: "DELETE", path: softwarePath, ...common },
    { method: "GET", path: versionsPath, ...common },
    { method: "POST", path: versionsPath, body: { version: "2.0.0" }, ...common },
    { method: "PUT", path: versionPath, body: {}, ...common },
    { method: "DELETE", path: versionPath, ...common },
  ];
  signedInSuite(() => stack, endpoints);
});
