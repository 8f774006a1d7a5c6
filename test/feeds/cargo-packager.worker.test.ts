import { describe, expect, test } from "vitest";
import { cargoUpdater, checkCargoUpdate } from "../support/cargo-updater.ts";
import { minisignKeys } from "../support/minisign.ts";
import { newKey, setVisibility } from "../support/private-software.ts";
import { newBytes, newSoftware, publish } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";
import { publishFile } from "./publish-file.ts";

const stack = sharedStack();
const keys = minisignKeys();
const linux = { package_type: "full", platform: "linux", arch: "x64" } as const;

/** What the updater finds for an app of a version. */
const check = (software: string, version: string, query = "", { publicKey } = keys) =>
  checkCargoUpdate(`${stack.url}/feeds/${software}/tauri`, version, publicKey, query);

/** Publishes an AppImage with a signature of these bytes, by default its own. */
async function publishSigned(software: string, version: string, signed?: Uint8Array) {
  const bytes = newBytes();
  const signature = keys.signForTauri(signed ?? bytes);
  await publishFile(stack, "app.AppImage", { ...linux, software, version, signature }, bytes);
  return bytes;
}

describe.skipIf(cargoUpdater === undefined)("cargo-packager's own updater", () => {
  test("finds the newest release, downloads it and verifies its signature", async () => {
    const software = newSoftware();
    await publishSigned(software, "1.1.0");
    const bytes = await publishSigned(software, "1.2.0");

    const update = await check(software, "1.0.0");
    expect(update?.version).toBe("1.2.0");
    expect(new Uint8Array((await update?.download()) ?? new ArrayBuffer())).toEqual(bytes);
  });

  test("reads a signature that minisign wrote", async () => {
    const software = newSoftware();
    const bytes = newBytes();
    const signature = keys.sign(bytes, "version:2.0.0");
    await publishFile(stack, "app.AppImage", { ...linux, software, version: "2.0.0", signature }, bytes);
    const update = await check(software, "1.0.0");
    expect(new Uint8Array((await update?.download()) ?? new ArrayBuffer())).toEqual(bytes);
  });

  test("refuses what is not signed by its key, and other bytes than were signed", async () => {
    const software = newSoftware();
    await publishSigned(software, "1.2.0", newBytes());
    const tampered = await check(software, "1.0.0");
    await expect(tampered?.download()).rejects.toThrow(/signature/i);

    await publishSigned(software, "1.3.0");
    const foreign = await check(software, "1.0.0", "", minisignKeys());
    expect(foreign?.version).toBe("1.3.0");
    await expect(foreign?.download()).rejects.toThrow(/key/i);
  });

  test("is told of nothing that is not newer, not signed, or on a channel that it did not ask for", async () => {
    const software = newSoftware();
    await publishSigned(software, "1.2.0");
    expect(await check(software, "1.2.0")).toBeNull();
    expect(await check(software, "9.0.0-beta.1")).toBeNull();

    await publish(stack, { software, version: "1.3.0", platform: "linux" });
    expect((await check(software, "1.0.0"))?.version).toBe("1.2.0");

    await publishSigned(software, "2.0.0-beta.1");
    expect((await check(software, "1.0.0"))?.version).toBe("1.2.0");
    expect((await check(software, "1.0.0", "?channel=beta"))?.version).toBe("2.0.0-beta.1");
  });

  test("gets private software by the key of its address alone", async () => {
    const software = newSoftware();
    await setVisibility(stack, software, "private");
    const bytes = await publishSigned(software, "1.2.0");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });

    await expect(check(software, "1.0.0")).rejects.toThrow(/release/i);
    const update = await check(software, "1.0.0", `?key=${key}`);
    expect(new Uint8Array((await update?.download()) ?? new ArrayBuffer())).toEqual(bytes);
  });
});
