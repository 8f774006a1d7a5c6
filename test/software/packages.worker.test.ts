import { describe, expect, test } from "vitest";
import { bucketKeys, execute } from "../support/behind.ts";
import { expectProblem, listed, newBytes, newSoftware, publish, sha256Of } from "../support/publish.ts";
import { expectRefusal, softwareAdmin } from "../support/software.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const admin = softwareAdmin(() => stack);

const checkVersion = (software: string, current_version = "0.1.0") =>
  stack.request<{ latest_version: string; update_info: { description: string } }>(
    `/api/v1/version/check?${new URLSearchParams({ software, current_version })}`,
  );
const put = (vkey: string, json: unknown) => admin.send(`/api/versions/${vkey}`, { method: "PUT", json });

describe("contracts 1 and 2 share software and versions", () => {
  test("what was published with packages has an akey and vkeys", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0", description: "first" });
    await publish(stack, { software, version: "1.0.0", platform: "linux" });
    await publish(stack, { software, version: "1.1.0" });
    const { akey, version_count } = await admin.bySlug(software);
    expect(version_count).toBe(2);
    const { list } = await admin.versions(akey);
    expect(list).toMatchObject([
      { version: "1.1.0", is_latest: true },
      { version: "1.0.0", description: "first", is_latest: false },
    ]);
    const json = { akey, vkey: list[1]?.vkey };
    expect((await stack.request("/api/check/legality", { json })).status).toBe(200);
    expect((await stack.request("/api/check/update", { json })).body).toMatchObject({
      data: { has_update: true, latest_version: "1.1.0" },
    });
  });

  test("what was made here receives packages, by slug or akey", async () => {
    const title = newSoftware();
    const { akey } = await admin.newSoftware(`${title} Études`);
    const slug = `${title}-etudes`;
    const made = await admin.newVersion(akey, "2.0.0", { description: "made here" });
    const beta = await admin.newVersion(akey, "2.1.0-beta.1");
    await publish(stack, { software: akey, version: "2.0.0" });
    await publish(stack, { software: slug, version: "2.0.0", platform: "linux" });
    await publish(stack, { software: slug, version: "2.1.0-beta.1" });
    const { list, total } = await admin.versions(akey);
    expect(total).toBe(2);
    expect(list.map(({ vkey }) => vkey)).toEqual([beta.vkey, made.vkey]);
    expect((await listed(stack, slug)).map((one) => one.package_name)).toEqual([
      `${slug}-v2.1.0-beta.1-full-windows-x64.zip`,
      `${slug}-v2.0.0-full-windows-x64.zip`,
    ]);
    expect((await checkVersion(slug)).body).toMatchObject({
      latest_version: "2.0.0",
      update_info: { description: "made here" },
    });
    expect((await checkVersion(slug, "2.1.0-beta.0")).body.latest_version).toBe("2.1.0-beta.1");
    await put(made.vkey, { description: "said better" });
    expect((await checkVersion(slug)).body.update_info.description).toBe("said better");
  });

  test("a title and a slug that would be one are told apart", async () => {
    const title = newSoftware();
    const first = await admin.newSoftware(`${title} !`);
    const second = await admin.newSoftware(`${title} ?`);
    await publish(stack, { software: title, version: "1.0.0" });
    expect((await admin.versions(first.akey)).total).toBe(1);
    expect((await admin.versions(second.akey)).total).toBe(0);
    await publish(stack, { software: second.akey, version: "1.0.0" });
    expect((await listed(stack, second.akey))[0]?.package_name).toMatch(
      new RegExp(`^${title}-[a-z0-9]{8}-v1\\.0\\.0-full`),
    );

    // A title may have been renamed to what packages then take for a new slug.
    const name = newSoftware();
    const rename = { method: "PUT", json: { name } };
    expect((await admin.send(`/api/software/${first.akey}`, rename)).status).toBe(200);
    await publish(stack, { software: name, version: "3.0.0" });
    expect((await admin.versions(first.akey)).total).toBe(1);
    expect(await listed(stack, name)).toHaveLength(1);
  });

  test("a name without letters for a slug can be published to by its akey", async () => {
    const { akey } = await admin.newSoftware(`光影${"〇一二三".repeat(3)}${Date.now()}`.replace(/\d/g, "年"));
    await publish(stack, { software: akey, version: "1.0.0" });
    expect(await listed(stack, akey)).toHaveLength(1);
  });
});

describe("a version with packages", () => {
  test("keeps its number; one without takes another, with its place in the order", async () => {
    const { akey } = await admin.newSoftware();
    const { vkey } = await admin.newVersion(akey, "v1");
    expect((await put(vkey, { version: "1.5.0" })).status).toBe(200);
    expect((await admin.newVersion(akey, "1.4.0")).is_latest).toBe(false);
    await publish(stack, { software: akey, version: "1.5.0" });
    expectRefusal(await put(vkey, { version: "1.6.0" }), 400, /packages/);
    expect((await put(vkey, { version: "1.5.0", description: "the same" })).status).toBe(200);
    expect((await checkVersion(akey)).body.latest_version).toBe("1.5.0");
  });

  test("made with a v, it has packages without, and may be spelled otherwise", async () => {
    const { akey } = await admin.newSoftware();
    const { vkey } = await admin.newVersion(akey, "v1.5");
    const { version, download_url } = await publish(stack, { software: akey, version: "1.5.0" });
    expect(version).toBe("1.5");
    expect((await checkVersion(akey)).body.latest_version).toBe("1.5");
    expect((await stack.request(download_url)).status).toBe(302);
    expect((await admin.versions(akey)).list.map((one) => one.version)).toEqual(["v1.5"]);
    expect((await put(vkey, { version: "1.5.0" })).status).toBe(200);
    expectRefusal(await put(vkey, { version: "1.5.0.1" }), 400, /packages/);
    expect((await stack.request(download_url)).status).toBe(302);
  });

  test("takes them along when it is deleted", async () => {
    const { akey } = await admin.newSoftware();
    const old = await publish(stack, { software: akey, version: "1.0.0" });
    const { download_url } = await publish(stack, { software: akey, version: "2.0.0" });
    expect((await stack.request(download_url)).status).toBe(302);
    const { vkey } = (await admin.versions(akey)).list[0] ?? { vkey: "" };
    const json = { akey, vkey };
    expect((await stack.request("/api/check/legality", { json })).status).toBe(200);
    expect((await admin.send(`/api/versions/${vkey}`, { method: "DELETE" })).status).toBe(200);
    expect((await stack.request("/api/check/legality", { json })).status).toBe(404);
    expectProblem(await stack.request(download_url), 404, "PACKAGE_NOT_FOUND");
    expect((await checkVersion(akey)).body.latest_version).toBe("1.0.0");
    expect((await stack.request(old.download_url)).status).toBe(302);
  });
});

describe("deleted software", () => {
  test("takes its versions and packages along and gives their storage back", async () => {
    const { akey } = await admin.newSoftware();
    const [bytes, shared] = [newBytes(5000), newBytes(3000)];
    const first = await publish(stack, { software: akey, version: "1.0.0" }, bytes);
    const other = await publish(stack, { software: newSoftware(), version: "1.0.0" }, shared);
    await publish(stack, { software: akey, version: "1.1.0" }, shared);
    const { vkey } = (await admin.versions(akey)).list[0] ?? { vkey: "" };
    const refs = async () => {
      const rows = await execute(
        stack,
        "SELECT refs, released_at FROM blobs WHERE sha256 IN (?, ?) AND object_key LIKE ?",
        [sha256Of(bytes), sha256Of(shared), `%${first.download_url.split("/").at(-1)?.split("-v")[0]}-v%`],
      );
      return rows.map((row) => ({ refs: row.refs, released: row.released_at !== null }));
    };
    expect(await refs()).toEqual([
      { refs: 1, released: false },
      { refs: 1, released: false },
    ]);
    const before = await checkVersion(akey);
    expect(before.body.latest_version).toBe("1.1.0");
    expect((await stack.request(first.download_url)).status).toBe(302);

    expect((await admin.send(`/api/software/${akey}`, { method: "DELETE" })).status).toBe(200);
    expect(await refs()).toEqual([
      { refs: 0, released: true },
      { refs: 0, released: true },
    ]);
    expectProblem(await stack.request(first.download_url), 404, "PACKAGE_NOT_FOUND");
    expectProblem(await checkVersion(akey), 404, "VERSION_NOT_FOUND");
    expect((await stack.request("/api/check/legality", { json: { akey, vkey } })).body).toMatchObject({
      data: { legal: false, message: "No such AKey" },
    });
    expectRefusal(await put(vkey, {}), 404);
    expect((await stack.request(other.download_url)).status).toBe(302);
    expect(await bucketKeys(stack, `objects/${sha256Of(shared)}`)).not.toEqual([]);
  });
});
