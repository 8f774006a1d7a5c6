import { describe, expect, test } from "vitest";
import {
  expectProblem,
  listed,
  newBytes,
  newSoftware,
  publish,
  sha256Of,
  type ListedPackage,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const list = (query: Record<string, string>) =>
  stack.request<ListedPackage[]>(`/api/v1/packages?${new URLSearchParams(query)}`);

describe("the list", () => {
  test("shows packages as documented, the newest first", async () => {
    const software = newSoftware();
    const [fullBytes, patchBytes] = [newBytes(900), newBytes(90)];
    const full = await publish(stack, { software, version: "2.2.5" }, fullBytes);
    const patch = { version: "2.2.6", package_type: "patch", from_version: "2.2.5" } as const;
    const second = await publish(stack, { software, ...patch }, patchBytes);
    const common = {
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      download_count: 0,
      software,
      platform: "windows",
      arch: "x64",
      channel: "stable",
      yanked: false,
      is_watershed: false,
      min_update_from: null,
      format: "zip",
      signature: null,
      ed_signature: null,
      build_number: null,
      min_os_version: null,
      installer_args: null,
      requires_admin: false,
      companions: [],
    };
    expect((await list({ software })).body).toEqual([
      {
        id: second.package_id,
        version: "2.2.6",
        package_type: "patch",
        package_name: `${software}-v2.2.5-to-v2.2.6-patch-windows-x64.zip`,
        package_size: 90,
        from_version: "2.2.5",
        download_url: `/downloads/patches/2.2.6/${software}-v2.2.5-to-v2.2.6-patch-windows-x64.zip`,
        sha256: sha256Of(patchBytes),
        ...common,
      },
      {
        id: full.package_id,
        version: "2.2.5",
        package_type: "full",
        package_name: `${software}-v2.2.5-full-windows-x64.zip`,
        package_size: 900,
        from_version: null,
        download_url: `/downloads/full/2.2.5/${software}-v2.2.5-full-windows-x64.zip`,
        sha256: sha256Of(fullBytes),
        ...common,
      },
    ]);
  });

  test("is narrowed down by type, platform and arch", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await publish(stack, { software, version: "1.0.1", package_type: "hotfix" });
    await publish(stack, { software, version: "1.0.0", platform: "linux", arch: "arm64" });
    const versions = async (query: Record<string, string>) =>
      (await list({ software, ...query })).body.map((item) => `${item.package_type} ${item.version}`);
    expect(await versions({})).toEqual(["hotfix 1.0.1", "full 1.0.0"]);
    expect(await versions({ package_type: "full" })).toEqual(["full 1.0.0"]);
    expect(await versions({ package_type: "patch" })).toEqual([]);
    expect(await versions({ platform: "linux", arch: "arm64" })).toEqual(["full 1.0.0"]);
    expect(await versions({ platform: "linux" })).toEqual([]);
    expect(await versions({ platform: "linux", arch: "all" })).toEqual(["full 1.0.0"]);
    expect(await versions({ platform: "all", arch: "all" })).toHaveLength(3);
  });

  test("comes in pages, of 20 if nobody says otherwise", async () => {
    const software = newSoftware();
    const versions = Array.from({ length: 21 }, (_, minor) => `1.${minor}.0`);
    for (const version of versions) await publish(stack, { software, version }, newBytes(10));
    const page = async (query: Record<string, string>) =>
      (await list({ software, ...query })).body.map((item) => item.version);
    const newestFirst = versions.toReversed();
    expect(await page({})).toEqual(newestFirst.slice(0, 20));
    expect(await page({ limit: "5" })).toEqual(newestFirst.slice(0, 5));
    expect(await page({ limit: "5", offset: "18" })).toEqual(newestFirst.slice(18));
    expect(await page({ offset: "21" })).toEqual([]);
  });

  test("of an unknown title is empty", async () => {
    expect((await list({ software: newSoftware() })).body).toEqual([]);
  });

  const bad: Record<string, string>[] = [
    { limit: "0" },
    { limit: "-1" },
    { limit: "1001" },
    { limit: "1.5" },
    { limit: "all" },
    { offset: "-1" },
    { package_type: "half" },
    { platform: "beos" },
    { arch: "mips" },
    { software: "a/b" },
  ];
  test.each(bad)("with %j is refused", async (query) => {
    expectProblem(await list(query), 400, "VALIDATION_ERROR");
  });
});

describe("yank, unyank and delete", () => {
  const turns: [method: string, action: string][] = [
    ["POST", "/yank"],
    ["POST", "/unyank"],
    ["DELETE", ""],
  ];

  test.each(turns)("%s ...%s wants a key and a package that exists", async (method, action) => {
    const { package_id } = await publish(stack, { software: newSoftware(), version: "1.0.0" });
    const path = `/api/v1/packages/${package_id}${action}`;
    expectProblem(await stack.request(path, { method }), 401, "INVALID_API_KEY");
    const wrong = { method, headers: { "x-api-key": "wrong" } };
    expectProblem(await stack.request(path, wrong), 401, "INVALID_API_KEY");
    const unknown = `/api/v1/packages/999999999${action}`;
    expectProblem(await stack.request(unknown, { method, asPublisher: true }), 404, "PACKAGE_NOT_FOUND");
    for (const id of ["0", "-1", "1.5", "abc", "1e99", "%2e%2e"]) {
      const answer = await stack.request(`/api/v1/packages/${id}${action}`, { method, asPublisher: true });
      expect([400, 404], id).toContain(answer.status);
    }
    expect((await stack.request(path, { method, asPublisher: true })).status).toBeLessThan(300);
  });

  test("a yanked package is marked in the list and can still be fetched", async () => {
    const software = newSoftware();
    const { package_id, download_url } = await publish(stack, { software, version: "1.0.0" });
    const yank = () =>
      stack.request(`/api/v1/packages/${package_id}/yank`, { method: "POST", asPublisher: true });
    expect([(await yank()).status, (await yank()).status]).toEqual([200, 200]);
    expect((await listed(stack, software)).map((item) => item.yanked)).toEqual([true]);
    expect((await stack.request(download_url)).status).toBe(302);
  });

  test("a deleted package is gone for everybody at once", async () => {
    const software = newSoftware();
    const { package_id, download_url } = await publish(stack, { software, version: "1.0.0" });
    expect((await stack.request(download_url)).status).toBe(302);
    const remove = () =>
      stack.request(`/api/v1/packages/${package_id}`, { method: "DELETE", asPublisher: true });
    const answer = await remove();
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: "" });
    expect(await listed(stack, software)).toEqual([]);
    expectProblem(await stack.request(download_url), 404, "PACKAGE_NOT_FOUND");
    const check = await stack.request(`/api/v1/version/check?software=${software}&current_version=0.1.0`);
    expectProblem(check, 404, "VERSION_NOT_FOUND");
    expectProblem(await remove(), 404, "PACKAGE_NOT_FOUND");
  });
});
