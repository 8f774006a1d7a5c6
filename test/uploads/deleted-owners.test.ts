import { describe, expect, test, vi } from "vitest";
import type { Actor } from "../../functions/core/context.ts";
import { publishRelease } from "../../functions/packages/releases/publish-release.ts";
import { deletePlugin } from "../../functions/plugins/plugins.ts";
import { deleteSoftware } from "../../functions/software/software.ts";
import { setVisibility } from "../../functions/software/visibility.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { receiveForm } from "../../functions/uploads/forms/receive-form.ts";
import { archive, newKey, newName } from "../plugins/archives.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { formRequest, packageForm } from "../support/domain/forms.ts";
import { expectTotalsRight } from "../support/domain/invariants.ts";
import { content, sendParts, sentUpload, sha256, uploadRow } from "../support/domain/packages.ts";

vi.setConfig({ testTimeout: 60_000 });

const administrator: Actor = { type: "user", id: "usr_0", username: "a", role: "admin", sessionKey: "" };
const fields = { software: "acme" };
const openDomain = useDomain();

/** Private software, without packages, and how an administrator deletes it. */
async function privateSoftware(domain: Domain) {
  const { akey } = await setVisibility(domain.ctx, "acme", "private");
  return () => deleteSoftware(domain.isolate({}, administrator), akey);
}

const allSoftware = (domain: Domain) =>
  domain.rows("SELECT slug, visibility FROM software WHERE slug <> 'omega'");

describe("software that is deleted while an upload to it runs", () => {
  test("stays deleted: the upload is refused", async () => {
    const domain = await openDomain();
    const deleteIt = await privateSoftware(domain);
    const { upload, parts } = await sentUpload(domain, content(1000), fields);
    await deleteIt();
    const completion = completeUpload(domain.ctx, upload.id, parts);
    await expect(completion).rejects.toMatchObject({ code: "SOFTWARE_DELETED" });
    expect(await allSoftware(domain)).toEqual([]);
    expect(await uploadRow(domain, upload.id)).toMatchObject({
      state: "rejected",
      error_code: "SOFTWARE_DELETED",
      reserved_bytes: 0,
    });
    await domain.untilQuiet();
    await expectTotalsRight(domain);
    expect(domain.fake.objects().size).toBe(0);
  });

  test("gets no package as the software that took its place either", async () => {
    const domain = await openDomain();
    const deleteIt = await privateSoftware(domain);
    const { upload, parts } = await sentUpload(domain, content(1000), fields);
    await deleteIt();
    await setVisibility(domain.ctx, "acme", "public");
    const completion = completeUpload(domain.ctx, upload.id, parts);
    await expect(completion).rejects.toMatchObject({ code: "SOFTWARE_DELETED" });
    expect(await domain.rows("SELECT id FROM versions")).toEqual([]);
  });

  test("is not made by what waits for its release", async () => {
    const domain = await openDomain();
    const deleteIt = await privateSoftware(domain);
    const { upload, parts } = await sentUpload(domain, content(1000), { ...fields, draft: true });
    expect((await completeUpload(domain.ctx, upload.id, parts)).state).toBe("held");
    await deleteIt();
    const release = { software: "acme", version: "1.0.0" };
    const publication = publishRelease(domain.ctx, release, { allow_incomplete: false });
    await expect(publication).rejects.toMatchObject({ code: "SOFTWARE_DELETED" });
    expect(await allSoftware(domain)).toEqual([]);
  });

  test("is not made by a form that was being sent", async () => {
    const domain = await openDomain();
    const deleteIt = await privateSoftware(domain);
    const { storage } = domain.deps;
    const put: typeof storage.put = async (...object) => {
      await deleteIt();
      return storage.put(...object);
    };
    const ctx = domain.isolate({ storage: { ...storage, put } });
    const form = receiveForm(ctx, formRequest(packageForm(content(1000), fields)), "package");
    await expect(form).rejects.toMatchObject({ code: "SOFTWARE_DELETED" });
    expect(await allSoftware(domain)).toEqual([]);
  });

  test("is made where it was not there when the upload began", async () => {
    const domain = await openDomain();
    const { upload, parts } = await sentUpload(domain, content(1000), fields);
    expect((await completeUpload(domain.ctx, upload.id, parts)).state).toBe("ready");
    expect(await allSoftware(domain)).toEqual([{ slug: "acme", visibility: "public" }]);
  });
});

test("a plugin that is deleted while an upload that names it runs stays deleted", async () => {
  const domain = await openDomain();
  const [name, plugin_key] = [newName(), newKey()];
  const begin = async (version: string) => {
    const bytes = await archive({ name, version });
    const file = { fileName: "plugin.zip", size: bytes.length, sha256: sha256(bytes) };
    const declared = { kind: "plugin", fields: { plugin_key, name, version }, ...file };
    const upload = await createUpload(domain.ctx, declared);
    const parts = await sendParts(domain.ctx, upload, bytes);
    return () => completeUpload(domain.ctx, upload.id, parts);
  };
  const first = await begin("1.0.0");
  expect((await first()).state).toBe("ready");
  const second = await begin("2.0.0");
  await deletePlugin(domain.isolate({}, administrator), name);
  await expect(second()).rejects.toMatchObject({ code: "PLUGIN_DELETED" });
  expect(await domain.rows("SELECT name FROM plugins")).toEqual([]);
  const anew = await begin("2.0.0");
  expect((await anew()).state).toBe("ready");
});
