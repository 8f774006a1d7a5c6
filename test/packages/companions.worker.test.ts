import { describe, expect, test } from "vitest";
import {
  complete,
  createUpload,
  expectProblem,
  listed,
  newBytes,
  newSoftware,
  ofUpload,
  packageForm,
  publish,
  putAll,
  sendForm,
} from "../support/publish.ts";
import {
  blockmapOf,
  companionBody,
  minisignFile,
  release,
  sendDraft,
  sendHeldCompanion,
  zsyncOf,
} from "../support/releases.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

type Listed = { id: number; package_name: string; companions: unknown[]; signature: string | null };
const packagesOf = async (software: string) => (await listed(stack, software)) as unknown as Listed[];

/** Sends a companion of a published package; the answer to its completion. */
async function send(packageId: number, role: string, bytes: Uint8Array<ArrayBuffer>) {
  const created = await createUpload(stack, companionBody(bytes, { package_id: packageId, role }));
  expect(created.status, created.text).toBe(201);
  await putAll(created.body, bytes);
  return complete(stack, created.body);
}

async function newPackage() {
  const [software, bytes] = [newSoftware(), newBytes(5000)];
  const { package_id: id } = await publish(stack, { software, version: "1.0.0" }, bytes);
  return { software, bytes, id };
}

describe("a companion", () => {
  test.for([
    ["blockmap", blockmapOf],
    ["zsync", zsyncOf],
  ] as const)("%s joins a published package under its name", async ([role, make]) => {
    const { software, bytes, id } = await newPackage();
    const map = make(bytes);
    const sent = await send(id, role, map);
    expect(sent.status, sent.text).toBe(200);
    const fileName = `${software}-v1.0.0-full-windows-x64.zip.${role}`;
    expect(sent.body.result).toEqual({ package_id: id, role, file_name: fileName, size: map.length });
    expect((await packagesOf(software))[0]?.companions).toEqual([
      { role, file_name: fileName, size: map.length },
    ]);
  });

  test.for([
    ["blockmap", "INVALID_BLOCKMAP", newBytes(100)],
    ["zsync", "INVALID_ZSYNC", newBytes(100)],
    ["blockmap", "INVALID_BLOCKMAP", new Uint8Array(Buffer.from("{}"))],
    ["blockmap", "COMPANION_MISMATCH", blockmapOf(newBytes(4999))],
    ["blockmap", "COMPANION_MISMATCH", blockmapOf(newBytes(5000))],
    ["zsync", "COMPANION_MISMATCH", zsyncOf(newBytes(4999))],
    ["zsync", "COMPANION_MISMATCH", zsyncOf(newBytes(5000))],
  ] as const)("%s is refused as %s where it is none, or another file's", async ([role, code, bytes]) => {
    const { software, id } = await newPackage();
    const refused = await send(id, role, bytes);
    expectProblem(refused, 422, code);
    expect(refused.text).toContain(`${software}-v1.0.0-full-windows-x64.zip`);
    expect((await packagesOf(software))[0]?.companions).toEqual([]);
  });

  test("comes once, and makes room for another when it is deleted", async () => {
    const { software, bytes, id } = await newPackage();
    const [map, other] = [blockmapOf(bytes), blockmapOf(bytes, 500)];
    expect((await send(id, "blockmap", map)).status).toBe(200);
    const same = await createUpload(stack, companionBody(map, { package_id: id, role: "blockmap" }));
    expect(same.body).toMatchObject({ state: "ready", result: { package_id: id } });
    const refused = await createUpload(stack, companionBody(other, { package_id: id, role: "blockmap" }));
    expectProblem(refused, 409, "COMPANION_EXISTS");
    const remove = () =>
      stack.request(`/api/v1/packages/${id}/companions/blockmap`, { method: "DELETE", asPublisher: true });
    expect((await remove()).body).toEqual({ id, role: "blockmap" });
    expectProblem(await remove(), 404, "COMPANION_NOT_FOUND");
    expect((await send(id, "blockmap", other)).status).toBe(200);
    expect((await packagesOf(software))[0]?.companions).toHaveLength(1);
  });

  test("needs a package that is there, or waits in a release", async () => {
    const bytes = newBytes(50);
    for (const companion of [
      { package_id: 2 ** 31, role: "zsync" },
      { upload_id: "upl_none", role: "zsync" },
    ])
      expectProblem(await createUpload(stack, companionBody(bytes, companion)), 404, "PACKAGE_NOT_FOUND");
    const nobodys = await createUpload(stack, companionBody(bytes, { role: "zsync" }));
    expectProblem(nobodys, 400, "MISSING_PARAMETER");
  });

  test("whose package leaves the release leaves it unpublished", async () => {
    const software = newSoftware();
    const file = await sendDraft(stack, { software, version: "1.0.0" });
    await sendHeldCompanion(stack, file, "blockmap", blockmapOf(file.bytes));
    await sendDraft(stack, { software, version: "1.0.0", platform: "linux" });
    expect((await ofUpload(stack, file.upload, "", { method: "DELETE" })).body.state).toBe("aborted");
    expectProblem(await release(stack, software, "1.0.0", "/publish", {}), 404, "PACKAGE_NOT_FOUND");
    expect(await listed(stack, software)).toEqual([]);
  });
});

describe("what updaters are told of a package", () => {
  const facts = {
    signature: minisignFile(),
    ed_signature: Buffer.alloc(64, 1).toString("base64"),
    build_number: "1042",
    min_os_version: "10.15.7",
    installer_args: "/S /D=C:\\App",
    requires_admin: true,
  };

  test("comes with its upload, by form or signed, and is listed", async () => {
    const software = newSoftware();
    const form = packageForm({ package_type: "full", software, version: "1.0.0", ...facts });
    expect((await sendForm(stack, form, { asPublisher: true })).status).toBe(200);
    await sendDraft(stack, { software, version: "1.0.1", ...facts });
    await release(stack, software, "1.0.1", "/publish", {});
    for (const row of await packagesOf(software)) expect(row).toMatchObject(facts);
  });

  test("or later, and stays where nothing is said", async () => {
    const { software, id } = await newPackage();
    const patch = (json: unknown) =>
      stack.request(`/api/v1/packages/${id}`, { method: "PATCH", json, asPublisher: true });
    const { signature, ...others } = facts;
    expect((await patch(others)).body).toEqual({ id, changed: 5 });
    expect((await patch({ signature: Buffer.from(signature).toString("base64") })).status).toBe(200);
    expect((await packagesOf(software))[0]).toMatchObject({
      ...others,
      signature: Buffer.from(signature).toString("base64"),
    });
    expect((await patch({})).body).toEqual({ id, changed: 0 });
  });

  test.for([
    ["signature", "no signature"],
    ["signature", minisignFile().replace("trusted comment: t", "comment: t")],
    ["signature", minisignFile().replace("RUQD", "RXQD").replace("RUR", "QUI")],
    ["ed_signature", Buffer.alloc(63).toString("base64")],
    ["build_number", "1.2-beta"],
    ["min_os_version", "Catalina"],
    ["installer_args", "/S\u0000"],
  ])("a %s that is none is refused by its name", async ([name, value]) => {
    const { id } = await newPackage();
    const json = { [name as string]: value };
    const refused = await stack.request(`/api/v1/packages/${id}`, {
      method: "PATCH",
      json,
      asPublisher: true,
    });
    expectProblem(refused, 400, "VALIDATION_ERROR");
    expect(refused.text).toContain(name);
  });
});
