import { describe, expect, test } from "vitest";
import { bucketKeys, execute } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";
import {
  createUpload,
  expectProblem,
  fetchBytes,
  listed,
  newBytes,
  newSoftware,
  ofUpload,
  publish,
  publishSigned,
  sendForm,
  packageForm,
  uploadBody,
  type PackageFields,
} from "../support/publish.ts";
import type { TestStack } from "../support/stack.ts";

const KIB = 1024;

type Statistics = {
  status: string;
  usage_percentage: number;
  recommendations: string[];
  stats: Record<string, number>;
};
type Cleanup = {
  success: boolean;
  space_freed: number;
  packages_deleted: number;
  before_usage: number;
  after_usage: number;
  deleted_packages: { id: number; type: string; version: string; size: number }[];
  packages_kept: number;
  kept_packages: { version: string; type: string; reason: string; explanation: string }[];
};

const statistics = async (stack: TestStack) =>
  (await stack.request<Statistics>("/api/v1/storage/stats")).body;
const cleanUp = (stack: TestStack) =>
  stack.request<Cleanup>("/api/v1/storage/cleanup", { method: "POST", asPublisher: true });
/** Makes all packages two days older. */
const twoDaysPass = (stack: TestStack) =>
  execute(stack, "UPDATE packages SET created_at = created_at - 172800000");
const versionsOf = async (stack: TestStack, software: string) =>
  (await listed(stack, software)).map((item) => item.version).toReversed();

describe("statistics and manual cleanup", () => {
  const stack = ownStack({
    STORAGE_QUOTA_BYTES: String(1000 * KIB),
    KEEP_FULL: "2",
    KEEP_PATCH: "1",
    KEEP_HOTFIX: "1",
  });
  const software = newSoftware();

  test("an empty storage, as documented", async () => {
    expect((await stack().request("/api/v1/storage/stats")).body).toEqual({
      status: "healthy",
      usage_percentage: 0,
      recommendations: ["Watch the storage usage"],
      stats: {
        total_size: 1_024_000,
        used_size: 0,
        available_size: 1_024_000,
        usage_percentage: 0,
        updates_total_size: 0,
        full_packages_size: 0,
        patch_packages_size: 0,
        hotfix_packages_size: 0,
        temp_size: 0,
        timestamp: expect.stringMatching(/Z$/),
      },
      thresholds: { warning: 80, cleanup: 85, critical: 90 },
    });
  });

  test("packages count by their type, unfinished uploads as temporary", async () => {
    await publish(stack(), { software, version: "1.0.0" }, newBytes(100 * KIB));
    const patch = { package_type: "patch", from_version: "1.0.0" } as const;
    await publish(stack(), { software, version: "1.1.0", ...patch }, newBytes(20 * KIB));
    await publish(stack(), { software, version: "1.0.1", package_type: "hotfix" }, newBytes(5 * KIB));
    const begun = await createUpload(stack(), uploadBody(newBytes(50 * KIB), { software, version: "9.0.0" }));
    expect(await statistics(stack())).toMatchObject({
      usage_percentage: 17.5,
      stats: {
        used_size: 175 * KIB,
        available_size: 825 * KIB,
        updates_total_size: 125 * KIB,
        full_packages_size: 100 * KIB,
        patch_packages_size: 20 * KIB,
        hotfix_packages_size: 5 * KIB,
        temp_size: 50 * KIB,
      },
    });
    await ofUpload(stack(), begun.body, "", { method: "DELETE" });
    expect((await statistics(stack())).stats.temp_size).toBe(0);
  });

  test("advice is in the language that was asked for", async () => {
    const answer = await stack().request<Statistics>("/api/v1/storage/stats", {
      headers: { "accept-language": "zh" },
    });
    expect(answer.body.recommendations).toEqual(["监控存储使用情况"]);
  });

  test("cleanup without a key, or with a wrong one, is refused", async () => {
    const path = "/api/v1/storage/cleanup";
    expectProblem(await stack().request(path, { method: "POST" }), 401, "INVALID_API_KEY");
    const wrong = new FormData();
    wrong.append("api_key", "wrong");
    expectProblem(await stack().request(path, { body: wrong }), 401, "INVALID_API_KEY");
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    expectProblem(await stack().request(path, { headers, body: "--x\r\nno" }), 400, "MALFORMED_BODY");
  });

  test("cleanup keeps what KEEP_* says and what leads to the newest stable version", async () => {
    const add = (fields: Omit<PackageFields, "software">) =>
      publish(stack(), { software, ...fields }, newBytes(10 * KIB));
    // Already there: full 1.0.0, patch 1.1.0 (no full beside it), hotfix 1.0.1.
    await add({ version: "1.2.0" });
    await add({ version: "2.0.0" });
    await add({ version: "2.0.0", package_type: "patch", from_version: "1.1.0" });
    await add({ version: "2.0.0", package_type: "patch", from_version: "1.2.0" });
    await add({ version: "2.0.1", package_type: "hotfix" });
    await add({ version: "2.1.0-beta.1" });
    await add({ version: "2.1.0-beta.2" });
    await add({ version: "1.0.0", platform: "linux" });

    const form = new FormData();
    form.append("api_key", stack().apiKey);
    const early = await stack().request<Cleanup>("/api/v1/storage/cleanup", { body: form });
    expect(early.body).toMatchObject({ packages_deleted: 0, packages_kept: 11 });
    expect(early.body.kept_packages.filter(({ reason }) => reason === "young")).toMatchObject([
      { type: "hotfix", version: "1.0.1", explanation: expect.stringMatching(/younger than a day/) },
      { type: "patch", version: "1.1.0" },
      { type: "full", version: "1.0.0" },
    ]);
    await twoDaysPass(stack());
    const dry = await stack().request<Cleanup>("/api/v1/storage/cleanup?dry_run=true", { body: form });
    expect((await statistics(stack())).stats.used_size).toBe(205 * KIB);
    const answer = await stack().request<Cleanup>("/api/v1/storage/cleanup", { body: form });
    expect(answer.status, answer.text).toBe(200);
    expect(dry.body).toEqual(answer.body);
    const named = { id: expect.any(Number), software, platform: "windows", arch: "x64" };
    expect(answer.body).toEqual({
      success: true,
      space_freed: 125 * KIB,
      packages_deleted: 3,
      before_usage: 20.5,
      after_usage: 8,
      deleted_packages: [
        { ...named, type: "full", version: "1.0.0", size: 100 * KIB },
        { ...named, type: "patch", version: "1.1.0", size: 20 * KIB },
        { ...named, type: "hotfix", version: "1.0.1", size: 5 * KIB },
      ],
      packages_kept: 8,
      kept_packages: expect.any(Array),
    });
    expect(answer.body.kept_packages.map((one) => `${one.type} ${one.version}: ${one.reason}`)).toEqual([
      "full 1.0.0: newest_stable",
      "full 2.1.0-beta.2: keep_full",
      "full 2.1.0-beta.1: keep_full",
      "hotfix 2.0.1: newest_stable",
      "patch 2.0.0: newest_stable",
      "patch 2.0.0: newest_stable",
      "full 2.0.0: newest_stable",
      "full 1.2.0: keep_full",
    ]);
    expect(await versionsOf(stack(), software)).toEqual([
      "1.2.0",
      "2.0.0",
      "2.0.0",
      "2.0.0",
      "2.0.1",
      "2.1.0-beta.1",
      "2.1.0-beta.2",
    ]);
    expect((await statistics(stack())).stats.used_size).toBe(80 * KIB);
  });

  test("a second cleanup finds nothing", async () => {
    expect((await cleanUp(stack())).body).toMatchObject({
      success: true,
      space_freed: 0,
      packages_deleted: 0,
      deleted_packages: [],
    });
  });

  test("a download that cleanup deleted is gone at once, and its place can be taken anew", async () => {
    const title = newSoftware();
    const first = await publish(stack(), { software: title, version: "1.0.0" });
    await fetchBytes(stack(), first.download_url);
    for (const version of ["1.1.0", "1.2.0"]) await publish(stack(), { software: title, version });
    await twoDaysPass(stack());
    await cleanUp(stack());
    expectProblem(await stack().request(first.download_url), 404, "PACKAGE_NOT_FOUND");
    const bytes = newBytes();
    const again = await publish(stack(), { software: title, version: "1.0.0" }, bytes);
    expect(await fetchBytes(stack(), again.download_url)).toEqual(bytes);
  });

  test("objects follow their packages once nobody can be downloading them any more", async () => {
    const title = newSoftware();
    const { package_id, sha256 } = await publish(stack(), { software: title, version: "1.0.0" });
    await stack().request(`/api/v1/packages/${package_id}`, { method: "DELETE", asPublisher: true });
    await stack().runCron("*/10 * * * *");
    expect(await bucketKeys(stack(), `objects/${sha256}/`)).toHaveLength(1);
    await execute(stack(), "UPDATE blobs SET released_at = released_at - 86400001 WHERE sha256 = ?", [
      sha256,
    ]);
    await stack().runCron("*/10 * * * *");
    expect(await bucketKeys(stack(), `objects/${sha256}/`)).toEqual([]);
  });
});

describe("a small storage", () => {
  const stack = ownStack({ STORAGE_QUOTA_BYTES: "10000", KEEP_FULL: "1", KEEP_PATCH: "0", KEEP_HOTFIX: "0" });
  const software = newSoftware();
  const begin = (size: number, fields: Partial<PackageFields> = {}) =>
    createUpload(stack(), uploadBody(newBytes(size), { software, version: "9.0.0", ...fields }));

  test("takes what fits to the byte, and refuses one byte more", async () => {
    expectProblem(await begin(10_001), 507, "INSUFFICIENT_STORAGE");
    const whole = await begin(10_000);
    expect(whole.status).toBe(201);
    expectProblem(await begin(1, { platform: "linux" }), 507, "INSUFFICIENT_STORAGE");
    expect(await statistics(stack())).toMatchObject({ status: "critical", usage_percentage: 100 });
    await ofUpload(stack(), whole.body, "", { method: "DELETE" });
    expect((await statistics(stack())).stats.used_size).toBe(0);
  });

  test("says so in the client's language, to forms too", async () => {
    const form = packageForm({ software, version: "9.0.0", package_type: "full" }, newBytes(11_000));
    const answer = await sendForm(stack(), form, {
      asPublisher: true,
      headers: { "accept-language": "zh-CN" },
    });
    expectProblem(answer, 507, "INSUFFICIENT_STORAGE");
    expect(answer.body).toMatchObject({ detail: "存储空间不足，清理失败" });
  });

  test("makes room by deleting the oldest that may go, and no more than is needed", async () => {
    for (const version of ["1.0.0", "1.1.0", "1.2.0", "2.0.0"]) {
      await publishSigned(stack(), { software, version }, newBytes(2000));
    }
    const bytes = newBytes(3000);
    await publishSigned(stack(), { software, version: "2.1.0", is_stable: false }, bytes);
    expect(await versionsOf(stack(), software)).toEqual(["1.1.0", "1.2.0", "2.0.0", "2.1.0"]);
  });

  test("deletes nothing for what would not fit anyway", async () => {
    const before = await versionsOf(stack(), software);
    expectProblem(await begin(50_000), 507, "INSUFFICIENT_STORAGE");
    expect(await versionsOf(stack(), software)).toEqual(before);
  });

  test("never deletes the newest stable version", async () => {
    await cleanUp(stack());
    expect(await versionsOf(stack(), software)).toContain("2.0.0");
    expectProblem(await begin(9000), 507, "INSUFFICIENT_STORAGE");
    expect(await versionsOf(stack(), software)).toContain("2.0.0");
    const check = await stack().request(`/api/v1/version/check?software=${software}&current_version=1.0.0`);
    expect(check.body).toMatchObject({ latest_version: "2.0.0" });
  });

  test("past its threshold cleans up by itself, down to where it warns", async () => {
    const title = newSoftware();
    const used = (await statistics(stack())).stats.used_size ?? 0;
    const size = Math.floor((10_000 - used) / 4);
    for (const version of ["1.0.0", "1.1.0", "1.2.0", "1.3.0"]) {
      await publishSigned(stack(), { software: title, version }, newBytes(size));
    }
    expect(await statistics(stack())).toMatchObject({ status: "critical" });
    await stack().runCron("*/10 * * * *");
    const after = await statistics(stack());
    expect(after.usage_percentage).toBeLessThanOrEqual(80);
    expect((await versionsOf(stack(), title)).at(-1)).toBe("1.3.0");
  });

  test("two uploads at once never take the same room", async () => {
    const free = (await statistics(stack())).stats.available_size ?? 0;
    const size = Math.floor(free * 0.6);
    const both = await Promise.all([
      begin(size, { version: "9.1.0", platform: "macos" }),
      begin(size, { version: "9.2.0", platform: "macos" }),
    ]);
    const { stats } = await statistics(stack());
    expect(stats.used_size).toBeLessThanOrEqual(10_000);
    expect(both.filter((answer) => answer.status === 201).length).toBeGreaterThanOrEqual(1);
  });
});
