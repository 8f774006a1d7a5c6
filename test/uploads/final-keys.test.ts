import { describe, expect, test, vi } from "vitest";
import { abortUpload } from "../../functions/uploads/abort-upload.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { receiveForm } from "../../functions/uploads/forms/receive-form.ts";
import { signParts } from "../../functions/uploads/sign-parts.ts";
import { advanceVerification } from "../../functions/uploads/verification/verify-upload.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { formRequest, packageForm } from "../support/domain/forms.ts";
import { expectAllInOrder, expectPackagesServed } from "../support/domain/invariants.ts";
import {
  acceptedUpload,
  content,
  declaration,
  publishPackage,
  sendParts,
  sentUpload,
  sha256,
  uploadRow,
} from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 60_000 });

const KIB = 1024;
const SMALL = 10 * KIB;
const LARGE = 40 * KIB;
const HOUR_MS = 3600_000;
const DAILY = "17 3 * * *";
const TEN_MINUTES = "*/10 * * * *";

const openDomain = useDomain();

const keys = (domain: Domain) => [...domain.fake.objects().keys()];
const operations = (domain: Domain) => domain.fake.requests.map((one) => one.operation);
const backup = (bytes: Uint8Array, user_key: string) => ({
  kind: "backup",
  fields: { user_key, backup_type: "program" },
  fileName: "mine.zip",
  size: bytes.length,
  sha256: sha256(bytes),
});

/** How a client that asks the bucket itself gets an object. */
async function presentation(domain: Domain, key: string) {
  const options = { expiresIn: 60, fileName: "x", contentType: "x/x" };
  const signed = new URL(await domain.deps.storage.signGet(key, options));
  expect(signed.searchParams.get("response-content-disposition")).toBe('attachment; filename="x"');
  const object = domain.fake.objects().get(key);
  return object && Object.fromEntries(Object.entries(object).filter(([name]) => name !== "body"));
}

describe("parts", () => {
  test("are sent to the key of their upload's own and published there, without a copy", async () => {
    const domain = await openDomain();
    const bytes = content(LARGE);
    const { upload, parts } = await sentUpload(domain, bytes);
    const key = `objects/${sha256(bytes)}/${upload.id}/omega-v1.0.0-full-windows-x64.zip`;
    expect(upload.objectKey).toBe(key);
    const [part] = await signParts(domain.ctx, upload, [1]);
    expect(new URL(part?.url ?? "").pathname).toBe(`/${domain.fake.bucket}/${key}`);
    await completeUpload(domain.ctx, upload.id, parts);
    await domain.settle();
    expect(keys(domain)).toEqual([key]);
    expect(operations(domain)).not.toContain("CopyObject");
    expect(operations(domain)).not.toContain("UploadPartCopy");
    expect(JSON.stringify(await presentation(domain, key))).toContain("omega-v1.0.0-full-windows-x64.zip");
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("cannot be written any more once they are joined, nor after an abort", async () => {
    const domain = await openDomain();
    const bytes = content(LARGE);
    const ended = [await sentUpload(domain, bytes), await sentUpload(domain, bytes, { version: "1.0.1" })];
    const urls = await Promise.all(ended.map(({ upload }) => signParts(domain.ctx, upload, [1])));
    const [published, aborted] = ended;
    await completeUpload(domain.ctx, published?.upload.id ?? "", published?.parts);
    await domain.settle();
    await abortUpload(domain.ctx, aborted?.upload.id ?? "");
    for (const [part] of urls) {
      const body = new Uint8Array(content(part?.size ?? 0));
      const answer = await fetch(part?.url ?? "", { method: "PUT", headers: part?.headers ?? {}, body });
      expect(answer.status).toBe(404);
    }
    await expectPackagesServed(domain);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("that were joined by a completion nobody heard of expire with their upload", async () => {
    const domain = await openDomain();
    const { upload, parts } = await sentUpload(domain, content(LARGE));
    await domain.deps.storage.completeMultipart(upload.objectKey ?? "", upload.multipartId ?? "", parts);
    expect(keys(domain)).toHaveLength(1);
    domain.advance(25 * HOUR_MS);
    await domain.cron(TEN_MINUTES);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "expired" });
    expect(keys(domain)).toEqual([]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("whose verification is still going on when reconciliation finds their object are left alone", async () => {
    const domain = await openDomain();
    const upload = await acceptedUpload(domain, content(LARGE));
    domain.advance(30 * HOUR_MS);
    await domain.cron(DAILY);
    await domain.cron(TEN_MINUTES);
    expect(keys(domain)).toEqual([upload.objectKey]);
    await advanceVerification(domain.ctx, upload.id, Infinity);
    expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("of an upload that has ended while the bucket was away are swept when it is back", async () => {
    const domain = await openDomain();
    const { upload, parts } = await sentUpload(domain, content(LARGE));
    await domain.deps.storage.completeMultipart(upload.objectKey ?? "", upload.multipartId ?? "", parts);
    const away = () => Promise.reject(new Error("away"));
    const storage = { ...domain.deps.storage, delete: away, abortMultipart: away };
    await abortUpload(domain.isolate({ storage }), upload.id);
    expect(keys(domain)).toHaveLength(1);
    domain.advance(2 * HOUR_MS);
    await domain.cron(TEN_MINUTES);
    expect(keys(domain)).toEqual([]);
  });
});

describe("one PUT", () => {
  test("is staged and copied to the key of its upload's own", async () => {
    const domain = await openDomain();
    const bytes = content(SMALL);
    const { upload, parts } = await sentUpload(domain, bytes);
    expect(keys(domain)).toEqual([`staging/${upload.id}`]);
    await completeUpload(domain.ctx, upload.id, parts);
    expect(keys(domain)).toEqual([`objects/${sha256(bytes)}/${upload.id}/omega-v1.0.0-full-windows-x64.zip`]);
  });
});

describe("a form", () => {
  test("of one part is one PUT to a key with its hash, a longer one goes by parts to a key without", async () => {
    const domain = await openDomain();
    const [small, large] = [content(SMALL), content(LARGE)];
    await receiveForm(domain.ctx, formRequest(packageForm(small)), "package");
    expect(operations(domain)).toEqual(["PutObject"]);
    await receiveForm(domain.ctx, formRequest(packageForm(large, { version: "1.0.1" })), "package");
    expect(operations(domain)).not.toContain("CopyObject");
    const rows = await domain.rows<{ id: string }>("SELECT id FROM uploads ORDER BY created_at, size");
    const [first, second] = rows.map((row) => row.id);
    expect(keys(domain).toSorted()).toEqual(
      [
        `objects/${sha256(small)}/${first}/omega-v1.0.0-full-windows-x64.zip`,
        `objects/${second}/omega-v1.0.1-full-windows-x64.zip`,
      ].toSorted(),
    );
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });
});

describe("bytes that are live already under their name", () => {
  async function keptTwice(domain: Domain, size: number) {
    const bytes = content(size);
    for (const user of ["first", "second"]) {
      const upload = await createUpload(domain.ctx, backup(bytes, user));
      await completeUpload(domain.ctx, upload.id, await sendParts(domain.ctx, upload, bytes));
      await domain.settle();
    }
    return bytes;
  }

  test.each([SMALL, LARGE])("are kept once (%i bytes), whoever sends them", async (size) => {
    const domain = await openDomain();
    const bytes = await keptTwice(domain, size);
    expect(await domain.rows("SELECT user_key FROM backups")).toHaveLength(2);
    expect(await domain.rows("SELECT refs, sha256 FROM blobs")).toEqual([{ refs: 2, sha256: sha256(bytes) }]);
    expect(keys(domain)).toHaveLength(1);
    await domain.rows("DELETE FROM backups");
    await domain.untilQuiet();
    expect(keys(domain)).toEqual([]);
  });

  test.each([SMALL, LARGE])("but gone from the bucket are there again (%i bytes)", async (size) => {
    const domain = await openDomain();
    const bytes = content(size);
    const send = async (user: string) => {
      const upload = await createUpload(domain.ctx, backup(bytes, user));
      await completeUpload(domain.ctx, upload.id, await sendParts(domain.ctx, upload, bytes));
      await domain.settle();
    };
    await send("first");
    await domain.deps.storage.delete(keys(domain)[0] ?? "");
    await send("second");
    const rows = await domain.rows<{ object_key: string }>("SELECT object_key FROM blobs");
    expect(keys(domain)).toEqual(rows.map((row) => row.object_key));
  });

  test("at the same moment are kept once", async () => {
    const domain = await openDomain();
    const bytes = content(LARGE);
    const sent = await Promise.all(
      ["a", "b", "c", "d"].map(async (user) => {
        const upload = await createUpload(domain.ctx, backup(bytes, user));
        return { upload, parts: await sendParts(domain.ctx, upload, bytes) };
      }),
    );
    await Promise.all(sent.map(({ upload, parts }) => completeUpload(domain.isolate(), upload.id, parts)));
    await domain.settle();
    expect(await domain.rows("SELECT refs FROM blobs")).toEqual([{ refs: 4 }]);
    expect(keys(domain)).toHaveLength(1);
  });
});

test("what earlier releases published stays where it is, and is taken for the same bytes", async () => {
  const domain = await openDomain();
  const bytes = content(SMALL);
  await publishPackage(domain, {}, bytes);
  const name = "omega-v1.0.0-full-windows-x64.zip";
  const old = `objects/${sha256(bytes)}/${name}`;
  await domain.deps.storage.put(old, bytes, { contentType: "application/zip" });
  await domain.deps.storage.delete(keys(domain).find((key) => key !== old) ?? "");
  await domain.rows({ sql: "UPDATE blobs SET object_key = ?", args: [old] });
  domain.advance(48 * HOUR_MS);
  await domain.cron(DAILY);
  await domain.cron(TEN_MINUTES);
  await domain.rows("DELETE FROM packages");
  await publishPackage(domain, {}, bytes);
  expect(keys(domain)).toEqual([old]);
  await domain.untilQuiet();
  await expectAllInOrder(domain);
});

test("an upload that an earlier release began by parts is copied from where it is staged", async () => {
  const domain = await openDomain({ copyPartBytes: 16 * KIB });
  const bytes = content(LARGE);
  const upload = await createUpload(domain.ctx, declaration(bytes));
  const staging = `staging/${upload.id}`;
  await domain.deps.storage.abortMultipart(upload.objectKey ?? "", upload.multipartId ?? "");
  const multipartId = await domain.deps.storage.createMultipart(staging, { contentType: "application/zip" });
  await domain.rows({
    sql: "UPDATE uploads SET object_key = NULL, multipart_id = ? WHERE id = ?",
    args: [multipartId, upload.id],
  });
  const before = { ...upload, objectKey: null, multipartId };
  await completeUpload(domain.ctx, upload.id, await sendParts(domain.ctx, before, bytes));
  await domain.settle();
  expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  await domain.untilQuiet();
  await expectPackagesServed(domain);
  await expectAllInOrder(domain);
});
