import { describe, expect, test, vi } from "vitest";
import { nobody } from "../../functions/core/context.ts";
import type { Deps } from "../../functions/core/deps.ts";
import { receiveForm } from "../../functions/uploads/forms/receive-form.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { fieldParts, formRequest, packageForm, type FormPart } from "../support/domain/forms.ts";
import { expectAllInOrder, expectTotalsRight } from "../support/domain/invariants.ts";
import { content, publishPackage, sha256 } from "../support/domain/packages.ts";
import { aroundWrites } from "../support/domain/writes.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 60_000 });

const PART = 16 * 1024;
const API_KEY = "domain-test-key-of-the-settings";
const required = { version: "1.0.0", package_type: "full" };

const openDomain = useDomain();

async function expectNothingLeft(domain: Domain) {
  expect(domain.fake.objects().size).toBe(0);
  expect(domain.fake.uploads().size).toBe(0);
  expect(await domain.rows("SELECT id FROM packages")).toEqual([]);
  expect(await domain.rows("SELECT bytes FROM usage WHERE bytes <> 0")).toEqual([]);
  await domain.untilQuiet();
  await expectAllInOrder(domain);
}

const file = (bytes: Uint8Array): FormPart => ({ name: "file", file: bytes });

describe("a form that is published", () => {
  test.each([1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 7])(
    "with a file of %i bytes",
    async (size) => {
      const domain = await openDomain();
      const bytes = content(size);
      const answer = await receiveForm(domain.ctx, formRequest(packageForm(bytes)), "package");
      expect(answer).toMatchObject({ version: "1.0.0", file_size: size, sha256: sha256(bytes) });
      await domain.untilQuiet();
      expect(await domain.rows("SELECT size FROM packages")).toEqual([{ size }]);
      await expectAllInOrder(domain);
    },
  );

  test("with further files in other fields, wherever they stand", async () => {
    const domain = await openDomain();
    const bytes = content(PART + 1);
    const icon = (name: string): FormPart => ({ name, file: content(500), fileName: "icon.png" });
    const parts = [
      icon("icon"),
      ...packageForm(bytes),
      icon("notes"),
      { ...icon("empty"), file: content(0) },
    ];
    expect(await receiveForm(domain.ctx, formRequest(parts), "package")).toMatchObject({
      file_size: bytes.length,
      sha256: sha256(bytes),
    });
    await expectTotalsRight(domain);
  });

  test("without a length, reserving no more than it has in the end", async () => {
    const domain = await openDomain();
    const form = formRequest(packageForm(content(5000)), { withoutLength: true });
    await receiveForm(domain.ctx, form, "package");
    await expectTotalsRight(domain);
  });

  const fields = { ...required, description: "what is new", api_key: API_KEY };
  test.each<[string, (bytes: Uint8Array) => FormPart[]]>([
    ["before the file", (bytes) => [...fieldParts(fields), file(bytes)]],
    ["behind the file", (bytes) => [file(bytes), ...fieldParts(fields)]],
    [
      "on both sides of it",
      (bytes) => [
        ...fieldParts({ version: "1.0.0", description: "what is new" }),
        file(bytes),
        ...fieldParts({ package_type: "full", api_key: API_KEY }),
      ],
    ],
    [
      "on both sides of it, the required ones first",
      (bytes) => [
        ...fieldParts({ ...required, api_key: API_KEY }),
        file(bytes),
        ...fieldParts({ description: "what is new" }),
      ],
    ],
    [
      "before the file but empty, and again behind it",
      (bytes) => [
        ...fieldParts({ ...fields, version: "" }),
        file(bytes),
        ...fieldParts({ version: "1.0.0" }),
      ],
    ],
  ])("with its fields %s, and the key among them", async (_case, parts) => {
    const domain = await openDomain({ settings: { UPLOADS_PER_HOUR: "1" } });
    const bytes = content(1000);
    const ctx = domain.isolate({}, nobody);
    const answer = await receiveForm(ctx, formRequest(parts(bytes)), "package");
    expect(answer).toMatchObject({ version: "1.0.0", package_type: "full", sha256: sha256(bytes) });
    expect(await domain.rows("SELECT description FROM versions")).toEqual([{ description: "what is new" }]);
    expect(await domain.rows("SELECT owner FROM uploads")).toEqual([{ owner: "key:settings" }]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });
});

describe("a form whose parts are long in coming", () => {
  /** A form of which the bucket's clock sees one part every `ms`. */
  function slowParts(domain: Domain, ms: number) {
    const { storage } = domain.deps;
    const uploadPart: Deps["storage"]["uploadPart"] = async (...args) => {
      domain.advance(ms);
      await domain.cron("*/10 * * * *");
      return storage.uploadPart(...args);
    };
    return domain.isolate({ storage: { ...storage, uploadPart } });
  }

  test("does not expire while they come", async () => {
    const domain = await openDomain();
    const bytes = content(12 * PART);
    const ctx = slowParts(domain, 20 * 60_000);
    expect(await receiveForm(ctx, formRequest(packageForm(bytes)), "package")).toMatchObject({
      sha256: sha256(bytes),
    });
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("ends with its client otherwise", async () => {
    const domain = await openDomain();
    const ctx = slowParts(domain, 2 * 3600_000);
    const form = formRequest(packageForm(content(12 * PART)));
    await expect(receiveForm(ctx, form, "package")).rejects.toBeDefined();
    await domain.untilQuiet();
    expect(await domain.rows("SELECT id FROM packages")).toEqual([]);
    await expectAllInOrder(domain);
  });
});

describe("a form of unknown length", () => {
  const unknown = (bytes: Uint8Array) => formRequest(packageForm(bytes), { withoutLength: true });

  test("sets storage aside as it grows", async () => {
    const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: String(20 * PART) } });
    const bytes = content(10 * PART);
    await receiveForm(domain.ctx, unknown(bytes), "package");
    await expectTotalsRight(domain);
    expect(await domain.rows("SELECT size FROM packages")).toEqual([{ size: bytes.length }]);
  });

  test("ends where there is no more room", async () => {
    const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: String(5 * PART) } });
    await expect(receiveForm(domain.ctx, unknown(content(9 * PART)), "package")).rejects.toMatchObject({
      code: "INSUFFICIENT_STORAGE",
    });
    await expectNothingLeft(domain);
  });
});

test("a tick of cron that takes up a form before its own request does spoils nothing", async () => {
  const domain = await openDomain();
  let ticked = false;
  const db = aroundWrites(domain.deps.db, async (write) => {
    const answer = await write();
    const waiting = await domain.rows("SELECT id FROM uploads WHERE state = 'verifying' AND lease_until = 0");
    if (waiting.length > 0 && !ticked) {
      ticked = true;
      await domain.cron("* * * * *");
    }
    return answer;
  });
  const ctx = domain.isolate({ db });
  const answer = await receiveForm(ctx, formRequest(packageForm(content(1000))), "package");
  expect(answer).toMatchObject({ version: "1.0.0", file_size: 1000 });
  expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
});

describe("a form that is refused leaves nothing", () => {
  test.each<[string, FormPart[], string]>([
    ["no field but the file", [file(content(1000))], "MISSING_PARAMETER"],
    [
      "no version on either side",
      [...fieldParts({ package_type: "full" }), file(content(1000)), ...fieldParts({ notes: "n" })],
      "MISSING_PARAMETER",
    ],
    ["no type", [...fieldParts({ version: "1.0.0" }), file(content(1000))], "MISSING_PARAMETER"],
    [
      "a bad version behind the file",
      [file(content(1000)), ...fieldParts({ ...required, version: "one" })],
      "INVALID_VERSION",
    ],
    ["no file", fieldParts(required), "MISSING_PARAMETER"],
    [
      "no file in its field",
      [...fieldParts(required), { name: "icon", file: content(100) }],
      "MISSING_PARAMETER",
    ],
    ["an empty file", packageForm(new Uint8Array()), "EMPTY_FILE"],
    ["an empty file before the fields", [file(new Uint8Array()), ...fieldParts(required)], "EMPTY_FILE"],
    ["a file beyond the limit", packageForm(content(50_001)), "FILE_TOO_LARGE"],
    [
      "a file beyond the limit before the fields",
      [file(content(50_001)), ...fieldParts(required)],
      "FILE_TOO_LARGE",
    ],
    ["two files", [...packageForm(content(100)), file(content(100))], "MALFORMED_BODY"],
  ])("%s", async (_case, parts, code) => {
    const domain = await openDomain({ settings: { MAX_FORM_BYTES: "50000" } });
    await expect(receiveForm(domain.ctx, formRequest(parts), "package")).rejects.toMatchObject({ code });
    await expectNothingLeft(domain);
  });

  test.each<[string, FormPart[]]>([
    ["no key", packageForm(content(1000))],
    ["a file and no key", [file(content(1000))]],
    ["a wrong key", packageForm(content(1000), { api_key: "wrong" })],
    ["a wrong key behind the file", [file(content(1000)), ...fieldParts({ ...required, api_key: "wrong" })]],
  ])("%s", async (_case, parts) => {
    const domain = await openDomain();
    const stranger = domain.isolate({}, nobody);
    await expect(receiveForm(stranger, formRequest(parts), "package")).rejects.toMatchObject({
      code: expect.stringMatching(/^(INVALID_API_KEY|MISSING_PARAMETER)$/) as unknown,
    });
    await expectNothingLeft(domain);
  });

  test("a version that is taken", async () => {
    const domain = await openDomain();
    await publishPackage(domain);
    for (const parts of [packageForm(content(100)), [file(content(100)), ...fieldParts(required)]]) {
      await expect(receiveForm(domain.ctx, formRequest(parts), "package")).rejects.toMatchObject({
        code: "PACKAGE_EXISTS",
      });
    }
    await domain.untilQuiet();
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
    await expectAllInOrder(domain);
  });

  test("a full quota", async () => {
    const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: "1000" } });
    const form = formRequest(packageForm(content(2000)));
    await expect(receiveForm(domain.ctx, form, "package")).rejects.toMatchObject({
      code: "INSUFFICIENT_STORAGE",
    });
    await expectNothingLeft(domain);
  });

  test.each([100, 2000, PART + 3000, 3 * PART])(
    "a client that is gone after %i bytes",
    async (breakAfter) => {
      const domain = await openDomain();
      const form = formRequest(packageForm(content(3 * PART)), { breakAfter });
      await expect(receiveForm(domain.ctx, form, "package")).rejects.toMatchObject({
        code: "MALFORMED_BODY",
      });
      await expectNothingLeft(domain);
    },
  );

  test.each(["UploadPart", "CompleteMultipartUpload", "CreateMultipartUpload"] as const)(
    "a bucket that refuses %s for longer than the retries",
    async (operation) => {
      const domain = await openDomain();
      // Parts are under way beside each other, each with its retries.
      domain.fake.fail({ operation, kind: "500", times: 8 });
      const form = formRequest(packageForm(content(3 * PART)));
      await expect(receiveForm(domain.ctx, form, "package")).rejects.toMatchObject({ code: "unavailable" });
      await expectNothingLeft(domain);
    },
  );
});
