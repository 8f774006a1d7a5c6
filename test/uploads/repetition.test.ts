import { describe, expect, test, vi } from "vitest";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { receiveForm } from "../../functions/uploads/forms/receive-form.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { fieldParts, formRequest, packageForm, type FormPart } from "../support/domain/forms.ts";
import { expectAllInOrder } from "../support/domain/invariants.ts";
import { content, declaration, publishPackage, sendParts } from "../support/domain/packages.ts";

vi.mock("../../functions/uploads/policy.ts", async (original) => {
  const { smallSizes } = await import("../support/domain/small-sizes.ts");
  return smallSizes(await original());
});
vi.setConfig({ testTimeout: 60_000 });

const KIB = 1024;
const sizes = [10 * KIB, 40 * KIB];
const once = { settings: { UPLOADS_PER_HOUR: "1" } };

const openDomain = useDomain();

const required = { version: "1.0.0", package_type: "full" };
const uploads = (domain: Domain) =>
  domain.rows("SELECT id FROM uploads WHERE owner NOT LIKE 'form:%' AND state <> 'aborted'");
const orders: [string, (file: FormPart, fields: Record<string, string>) => FormPart[]][] = [
  ["before", (file, fields) => [...fieldParts(fields), file]],
  ["behind", (file, fields) => [file, ...fieldParts(fields)]],
];

describe.each(sizes)("the same bytes for the same place (%i)", (size) => {
  test.each(orders)("by form, the fields %s the file: the package that is there", async (_order, parts) => {
    const domain = await openDomain(once);
    const bytes = content(size);
    const send = (fields: Record<string, string> = {}) =>
      receiveForm(
        domain.ctx,
        formRequest(parts({ name: "file", file: bytes }, { ...required, ...fields })),
        "package",
      );
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await send({ is_stable: "false", is_critical: "true", description: "other" })).toEqual(first);
    expect(await uploads(domain)).toHaveLength(1);
    expect(await domain.rows("SELECT channel, is_critical, description FROM versions")).toEqual([
      { channel: "stable", is_critical: 0, description: "" },
    ]);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("by form without a length", async () => {
    const domain = await openDomain(once);
    const bytes = content(size);
    const send = () =>
      receiveForm(domain.ctx, formRequest(packageForm(bytes), { withoutLength: true }), "package");
    expect(await send()).toEqual(await send());
    expect(await uploads(domain)).toHaveLength(1);
  });

  test("on the signed road: ready at once, nothing to be sent", async () => {
    const domain = await openDomain(once);
    const bytes = content(size);
    const result = await publishPackage(domain, {}, bytes);
    const before = domain.fake.requests.length;
    const again = await createUpload(domain.isolate(), declaration(bytes));
    expect(again).toMatchObject({ state: "ready", partCount: 1 });
    expect(await completeUpload(domain.ctx, again.id, undefined)).toMatchObject({ state: "ready", result });
    expect(domain.fake.requests.length).toBe(before);
    expect(await uploads(domain)).toHaveLength(1);
  });

  test("of a hotfix: no second one", async () => {
    const domain = await openDomain(once);
    const bytes = content(size);
    const hotfix = { package_type: "hotfix" };
    const result = await publishPackage(domain, hotfix, bytes);
    expect(await createUpload(domain.ctx, declaration(bytes, hotfix))).toMatchObject({ state: "ready" });
    for (const [, parts] of orders) {
      const request = formRequest(parts({ name: "file", file: bytes }, { ...required, ...hotfix }));
      expect(await receiveForm(domain.ctx, request, "package")).toEqual(result);
    }
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });
});

describe.each(sizes)("other bytes for the same place (%i) are refused", (size) => {
  test.each(orders)("by form, the fields %s the file", async (_order, parts) => {
    const domain = await openDomain();
    await publishPackage(domain, {}, content(size));
    const file: FormPart = { name: "file", file: content(size) };
    await expect(
      receiveForm(domain.ctx, formRequest(parts(file, required)), "package"),
    ).rejects.toMatchObject({ code: "PACKAGE_EXISTS" });
    expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
    await domain.untilQuiet();
    await expectAllInOrder(domain);
  });

  test("on the signed road", async () => {
    const domain = await openDomain();
    await publishPackage(domain, {}, content(size));
    await expect(createUpload(domain.ctx, declaration(content(size)))).rejects.toMatchObject({
      code: "PACKAGE_EXISTS",
    });
  });
});

test("a large form of other bytes is refused before its file is read, where its length says so", async () => {
  const domain = await openDomain();
  await publishPackage(domain, {}, content(1000));
  const length = 100 * 1024 ** 2;
  const head = packageForm(new Uint8Array());
  const opening = new Uint8Array(await formRequest(head).arrayBuffer());
  const end = new TextDecoder().decode(opening).lastIndexOf("\r\n------domain");
  let read = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (read++ > 0) return controller.error(new Error("the file was read"));
        controller.enqueue(opening.slice(0, end));
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request("http://localhost/", {
    method: "POST",
    headers: {
      "content-type": "multipart/form-data; boundary=----domain-test-boundary",
      "content-length": String(length),
    },
    body,
    duplex: "half",
  } as RequestInit);
  const generous = domain.isolate({
    config: { ...domain.deps.config, MAX_FORM_BYTES: 10 * length },
  });
  await expect(receiveForm(generous, request, "package")).rejects.toMatchObject({
    code: "PACKAGE_EXISTS",
  });
});

test("a plugin's version sent again is the plugin that is there; other bytes of it are refused", async () => {
  const { archive, newName } = await import("../plugins/archives.ts");
  const domain = await openDomain();
  const name = newName();
  const bytes = new Uint8Array(await archive({ name }));
  const send = (file: Uint8Array, plugin_key = "key") =>
    receiveForm(
      domain.ctx,
      formRequest([...fieldParts({ plugin_key }), { name: "file", file, fileName: "p.zip" }]),
      "plugin",
    );
  const first = await send(bytes);
  expect(await send(bytes)).toEqual(first);
  await expect(send(bytes, "another")).rejects.toMatchObject({ code: "WRONG_PLUGIN_KEY" });
  const other = new Uint8Array(await archive({ name, description: "other bytes" }));
  await expect(send(other)).rejects.toMatchObject({ code: "PLUGIN_VERSION_EXISTS" });

  const signed = {
    kind: "plugin",
    fileName: "p.zip",
    size: bytes.length,
    sha256: declaration(bytes).sha256,
  };
  const announced = { plugin_key: "key", name, version: "1.0.0" };
  expect(await createUpload(domain.ctx, { ...signed, fields: announced })).toMatchObject({ state: "ready" });
  const silent = await createUpload(domain.ctx, { ...signed, fields: { plugin_key: "key" } });
  const status = await completeUpload(domain.ctx, silent.id, await sendParts(domain.ctx, silent, bytes));
  expect(status).toMatchObject({ state: "ready", result: first });
  expect(await domain.rows("SELECT id FROM plugin_versions")).toHaveLength(1);
});
