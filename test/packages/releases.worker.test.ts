import { describe, expect, test } from "vitest";
import { bucketKeys } from "../support/behind.ts";
import {
  beginUpload,
  complete,
  createUpload,
  expectProblem,
  fetchBytes,
  listed,
  newBytes,
  newSoftware,
  packageForm,
  publish,
  putAll,
  sendForm,
  sha256Of,
  untilSettled,
  uploadBody,
  type PackageFields,
} from "../support/publish.ts";
import {
  blockmapOf,
  companionBody,
  minisignFile,
  release,
  sendDraft,
  sendHeldCompanion,
} from "../support/releases.ts";
import { newKey } from "../support/private-software.ts";
import { sharedStack, type RequestOptions } from "../support/stack.ts";

const stack = sharedStack();

const check = (software: string, current = "1.0.0") =>
  stack.request<Record<string, unknown>>(
    `/api/v1/version/check?software=${software}&current_version=${current}&platform=windows&arch=x64`,
  );
const nameOf = (software: string, extension = "zip", platform = "windows") =>
  `${software}-v2.0.0-full-${platform}-x64.${extension}`;

describe("a release", () => {
  test("is visible nowhere before it is published, and whole from then on", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    const windows = await sendDraft(stack, { software, version: "2.0.0" });
    const linux = await sendDraft(stack, { software, version: "2.0.0", platform: "linux" });

    expect((await check(software)).body).toMatchObject({ has_update: false, latest_version: "1.0.0" });
    expect(await listed(stack, software)).toHaveLength(1);
    const path = `/downloads/full/2.0.0/${nameOf(software)}`;
    expectProblem(await stack.request(path), 404, "PACKAGE_NOT_FOUND");
    expect((await release(stack, software, "2.0.0")).body).toMatchObject({
      state: "draft",
      packages: [],
      waiting: [
        { upload_id: windows.uploadId, kind: "package", state: "held", file_name: nameOf(software) },
        { upload_id: linux.uploadId, state: "held", file_name: nameOf(software, "zip", "linux") },
      ],
    });

    const published = await release(stack, software, "2.0.0", "/publish", { notes: "# All new" });
    expect(published.status, published.text).toBe(200);
    expect(published.body).toMatchObject({
      state: "published",
      channel: "stable",
      notes: "# All new",
      waiting: [],
      packages: [{ file_name: nameOf(software) }, { file_name: nameOf(software, "zip", "linux") }],
    });
    expect((await check(software)).body).toMatchObject({ has_update: true, latest_version: "2.0.0" });
    expect(await fetchBytes(stack, path)).toEqual(windows.bytes);
    expect(await bucketKeys(stack, `staging/${windows.uploadId}`)).toEqual([]);
  });

  test("takes a signature and all else that is said of a waiting file, without its bytes", async () => {
    const software = newSoftware();
    const signed = await sendDraft(stack, { software, version: "2.0.0", signature: minisignFile() });
    const waiting = await sendDraft(stack, { software, version: "2.0.0", platform: "linux", arch: "arm64" });
    const path = `/api/v1/releases/${software}/2.0.0/waiting`;
    const say = (id: string, json: unknown, more: RequestOptions = { asPublisher: true }) =>
      stack.request<Record<string, unknown>>(`${path}/${id}`, { method: "PATCH", json, ...more });
    expect((await release(stack, software, "2.0.0")).body["faults"]).toHaveLength(1);

    const facts = { build_number: "20.5", notes: "# New", is_critical: true, min_update_from: "1.5.0" };
    const said = await say(waiting.uploadId, { ...facts, build_number: "20" });
    expect(said.status, said.text).toBe(200);
    const again = await say(waiting.uploadId, { signature: minisignFile(), build_number: "20.5" });
    expect(again.body).toMatchObject({ state: "draft", faults: [], waiting: [{}, { state: "held" }] });

    const { key } = await newKey(stack, ["packages:write"], { software: [newSoftware()] });
    const refused: [string, unknown, RequestOptions | undefined, number, string][] = [
      [waiting.uploadId, { signature: "none" }, undefined, 400, "VALIDATION_ERROR"],
      [waiting.uploadId, { min_update_from: "2.0.0" }, undefined, 400, "VALIDATION_ERROR"],
      [waiting.uploadId, { notes: "\ud800" }, undefined, 400, "VALIDATION_ERROR"],
      [waiting.uploadId, {}, {}, 401, "INVALID_API_KEY"],
      [waiting.uploadId, {}, { headers: { "x-api-key": key } }, 403, "INSUFFICIENT_SCOPE"],
      ["upl_0", {}, undefined, 404, "UPLOAD_NOT_FOUND"],
    ];
    for (const [id, json, more, status, code] of refused)
      expectProblem(await say(id, json, more ?? { asPublisher: true }), status, code);

    expect((await release(stack, software, "2.0.0", "/publish", {})).status).toBe(200);
    const listing = `/api/v1/packages?software=${software}&platform=all&arch=all`;
    const { body: list } = await stack.request<Record<string, unknown>[]>(listing);
    expect(list).toEqual([
      expect.objectContaining({ arch: "arm64", build_number: "20.5", signature: minisignFile() }),
      expect.objectContaining({ arch: "x64", build_number: null, min_update_from: "1.5.0" }),
    ]);
    expect((await release(stack, software, "2.0.0")).body).toMatchObject({ notes: "# New" });
    for (const { uploadId } of [signed, waiting])
      expectProblem(await say(uploadId, {}), 409, "UPLOAD_STATE_CONFLICT");
  });

  test("of software that nobody has published yet makes that software", async () => {
    const software = newSoftware();
    await sendDraft(stack, { software, version: "v2.0.0" });
    expect((await release(stack, software, "v2.0.0", "/publish", {})).status).toBe(200);
    expect((await check(software)).body).toMatchObject({ latest_version: "2.0.0" });
  });

  test("large files are held too, with all their hashes", async () => {
    const software = newSoftware();
    const { bytes } = await sendDraft(
      stack,
      { software, version: "2.0.0" },
      { bytes: newBytes(70 * 2 ** 20) },
    );
    expect((await release(stack, software, "2.0.0", "/publish", {})).status).toBe(200);
    expect(sha256Of(await fetchBytes(stack, `/downloads/full/2.0.0/${nameOf(software)}`))).toBe(
      sha256Of(bytes),
    );
  });

  test("is not published while one of its files is on its way", async () => {
    const software = newSoftware();
    await sendDraft(stack, { software, version: "2.0.0" });
    const bytes = newBytes();
    const fields = { software, version: "2.0.0", platform: "linux", draft: true } as PackageFields;
    const upload = await beginUpload(stack, bytes, fields);
    const refused = await release(stack, software, "2.0.0", "/publish", {});
    expectProblem(refused, 409, "RELEASE_UNFINISHED");
    expect(refused.text).toContain(nameOf(software, "zip", "linux"));
    expect(await listed(stack, software)).toEqual([]);
    await putAll(upload, bytes);
    await complete(stack, upload);
    await untilSettled(stack, upload);
    expect((await release(stack, software, "2.0.0", "/publish", {})).body).toMatchObject({
      packages: [{ platform: "windows" }, { platform: "linux" }],
    });
  });

  test("published by several at once is published once", async () => {
    const software = newSoftware();
    await sendDraft(stack, { software, version: "2.0.0" });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => release(stack, software, "2.0.0", "/publish", {})),
    );
    expect(answers.map((answer) => answer.status)).toContain(200);
    for (const { status, body } of answers)
      if (status !== 200) expect(body["error_code"]).toBe("RELEASE_EMPTY");
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("the same file once more is the one that is held, another is refused", async () => {
    const software = newSoftware();
    const fields = { software, version: "2.0.0", draft: true } as PackageFields;
    const { uploadId, bytes } = await sendDraft(stack, fields);
    const again = await createUpload(stack, uploadBody(bytes, fields));
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ upload_id: uploadId, state: "held", parts: [] });
    expectProblem(await createUpload(stack, uploadBody(newBytes(), fields)), 409, "PACKAGE_EXISTS");
    const notDraft = { software, version: "2.0.0" };
    expectProblem(await createUpload(stack, uploadBody(newBytes(), notDraft)), 409, "PACKAGE_EXISTS");
    const form = packageForm({ package_type: "full", ...notDraft });
    expectProblem(await sendForm(stack, form, { asPublisher: true }), 409, "PACKAGE_EXISTS");
  });

  test("a form joins it as well", async () => {
    const software = newSoftware();
    for (const [platform, bytes] of [
      ["windows", newBytes()],
      ["linux", newBytes(9 * 2 ** 20)],
    ] as const) {
      const form = packageForm(
        { package_type: "full", software, version: "2.0.0", platform, draft: true },
        bytes,
      );
      const answer = await sendForm(stack, form, { asPublisher: true });
      expect(answer.status, answer.text).toBe(202);
      expect(answer.body).toEqual({ upload_id: expect.stringMatching(/^upl_/), state: "held" });
    }
    expect(await listed(stack, software)).toEqual([]);
    expect((await release(stack, software, "2.0.0", "/publish", {})).body["packages"]).toHaveLength(2);
  });

  test("what is discarded comes back as quota, and leaves nothing", async () => {
    const software = newSoftware();
    const { uploadId } = await sendDraft(stack, { software, version: "2.0.0" });
    const discard = () =>
      stack.request(`/api/v1/releases/${software}/2.0.0/draft`, { method: "DELETE", asPublisher: true });
    expect((await discard()).body).toEqual({ discarded: 1 });
    expectProblem(await discard(), 409, "RELEASE_EMPTY");
    expectProblem(await release(stack, software, "2.0.0"), 404, "RELEASE_NOT_FOUND");
    expect((await bucketKeys(stack, "objects/")).filter((key) => key.includes(uploadId))).toEqual([]);
  });
});

describe("a release of which a file lacks what others have", () => {
  const signed = { signature: minisignFile() };

  test("is refused with the file's name, and published when that is what is wanted", async () => {
    const software = newSoftware();
    const exe = { filename: "app.exe" };
    await sendDraft(stack, { software, version: "2.0.0", ...signed }, exe);
    await sendDraft(stack, { software, version: "2.0.0", arch: "arm64" }, exe);
    await sendDraft(stack, { software, version: "2.0.0" });
    const faults = [
      {
        file: `${software}-v2.0.0-full-windows-arm64.exe`,
        missing: "signature",
        other: nameOf(software, "exe"),
      },
    ];
    expect((await release(stack, software, "2.0.0")).body["faults"]).toEqual(faults);
    const refused = await release(stack, software, "2.0.0", "/publish", {});
    expectProblem(refused, 422, "RELEASE_INCOMPLETE");
    expect(refused.text).toContain("windows-arm64.exe");
    expect(await listed(stack, software)).toEqual([]);
    expect(
      (await release(stack, software, "2.0.0", "/publish", { allow_incomplete: true })).body["packages"],
    ).toHaveLength(3);
  });

  test("a block map counts like a signature, whether held or published", async () => {
    const software = newSoftware();
    const exe = { filename: "app.exe" };
    const first = await sendDraft(stack, { software, version: "2.0.0" }, exe);
    await sendHeldCompanion(stack, first, "blockmap", blockmapOf(first.bytes));
    expect((await release(stack, software, "2.0.0", "/publish", {})).status).toBe(200);
    const second = await sendDraft(stack, { software, version: "2.0.0", arch: "arm64" }, exe);
    expectProblem(await release(stack, software, "2.0.0", "/publish", {}), 422, "RELEASE_INCOMPLETE");
    await sendHeldCompanion(stack, second, "blockmap", blockmapOf(second.bytes));
    expect((await release(stack, software, "2.0.0", "/publish", {})).body["packages"]).toHaveLength(2);
  });
});

describe("a published release", () => {
  test("is yanked and offered again as a whole", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await publish(stack, { software, version: "2.0.0" });
    await publish(stack, { software, version: "2.0.0", platform: "linux" });
    expect((await release(stack, software, "2.0.0", "/yank", {})).body).toMatchObject({
      state: "yanked",
      packages: [{ yanked: true }, { yanked: true }],
    });
    expect((await check(software)).body).toMatchObject({ latest_version: "1.0.0" });
    expect((await release(stack, software, "2.0.0", "/unyank", {})).body).toMatchObject({
      state: "published",
    });
    expect((await check(software)).body).toMatchObject({ latest_version: "2.0.0" });
    expectProblem(await release(stack, software, "3.0.0", "/yank", {}), 404, "RELEASE_NOT_FOUND");
  });

  test("is promoted to stable with its bytes as they are; a pre-release is not", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await publish(stack, { software, version: "2.0.0", channel: "beta" });
    await publish(stack, { software, version: "3.0.0-beta.1" });
    expect((await check(software)).body).toMatchObject({ latest_version: "1.0.0" });
    const promoted = await release(stack, software, "2.0.0", "/promote", { to: "stable" });
    expect(promoted.body).toMatchObject({ channel: "stable", packages: [{ channel: "stable" }] });
    expect((await check(software)).body).toMatchObject({ latest_version: "2.0.0" });
    const refused = await release(stack, software, "3.0.0-beta.1", "/promote", { to: "stable" });
    expectProblem(refused, 422, "PRE_RELEASE");
    expectProblem(
      await release(stack, software, "2.0.0", "/promote", { to: "Beta!" }),
      400,
      "VALIDATION_ERROR",
    );
    expectProblem(await release(stack, software, "2.0.0", "/promote", { to: "beta" }), 409, "RELEASE_STABLE");
  });

  test("gets other notes", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0", description: "as it was" });
    const answer = await stack.request(`/api/v1/releases/${software}/1.0.0`, {
      method: "PATCH",
      json: { notes: "* one" },
      asPublisher: true,
    });
    expect(answer.body).toMatchObject({ notes: "* one", description: "as it was" });
  });

  test("is nobody's without a key", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    const path = `/api/v1/releases/${software}/1.0.0`;
    expectProblem(await stack.request(path), 401, "INVALID_API_KEY");
    expectProblem(await stack.request(`${path}/yank`, { json: {} }), 401, "INVALID_API_KEY");
    expectProblem(await stack.request(`${path}/draft`, { method: "DELETE" }), 401, "INVALID_API_KEY");
  });

  test("is not touched by a key for other software", async () => {
    const [software, other] = [newSoftware(), newSoftware()];
    const { package_id: id } = await publish(stack, { software, version: "1.0.0" });
    const file = await sendDraft(stack, { software, version: "2.0.0" });
    const { key } = await newKey(stack, ["packages:write"], { software: [other] });
    const headers = { "x-api-key": key };
    const path = `/api/v1/releases/${software}`;
    const zsync = newBytes(40);
    for (const [url, options] of [
      [`${path}/1.0.0`, {}],
      [`${path}/1.0.0/yank`, { json: {} }],
      [`${path}/1.0.0/promote`, { json: { to: "beta" } }],
      [`${path}/1.0.0`, { method: "PATCH", json: { notes: "mine" } }],
      [`${path}/2.0.0/publish`, { json: {} }],
      [`${path}/2.0.0/draft`, { method: "DELETE" }],
      [`/api/v1/packages/${id}`, { method: "PATCH", json: { build_number: "1" } }],
      [`/api/v1/packages/${id}/companions/zsync`, { method: "DELETE" }],
      ["/api/v1/uploads", { json: companionBody(zsync, { package_id: id, role: "zsync" }) }],
      ["/api/v1/uploads", { json: companionBody(zsync, { upload_id: file.uploadId, role: "zsync" }) }],
    ] as [string, RequestOptions][])
      expectProblem(await stack.request(url, { ...options, headers }), 403, "INSUFFICIENT_SCOPE");
    expect((await release(stack, software, "2.0.0")).body["waiting"]).toHaveLength(1);
  });
});
