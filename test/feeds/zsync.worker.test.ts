import { describe, expect, test } from "vitest";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newBytes, newSoftware } from "../support/publish.ts";
import { release, sendDraft, sendHeldCompanion, zsyncOf } from "../support/releases.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

/** Publishes an AppImage with its zsync file, whose checksums of blocks are longer than any header. */
async function released(software: string, version: string, more: Record<string, unknown> = {}) {
  const bytes = newBytes(3000);
  const zsync = new Uint8Array(Buffer.concat([zsyncOf(bytes), newBytes(40_000)]));
  const fields = { software, version, platform: "linux", arch: "x64", ...more };
  const sent = await sendDraft(stack, fields, { bytes, filename: "Omega.AppImage" });
  await sendHeldCompanion(stack, sent, "zsync", zsync);
  const published = await release(stack, software, version, "/publish", {});
  expect(published.status, published.text).toBe(200);
  return { zsync, name: `${software}-v${version}-full-linux-x64.AppImage` };
}

async function fetchZsync(path: string) {
  const response = await fetch(stack.url + path, { redirect: "manual" });
  const bytes = Buffer.from(await response.arrayBuffer());
  const end = bytes.indexOf("\n\n");
  const lines = bytes.toString("latin1", 0, end).split("\n");
  return { response, bytes, lines, blocks: bytes.subarray(end) };
}

describe("a zsync file", () => {
  test("names its package where it is served, and is otherwise as it was made", async () => {
    const software = newSoftware();
    const { zsync, name } = await released(software, "1.0.0");
    const made = Buffer.from(zsync);
    const end = made.indexOf("\n\n");
    for (const folder of ["zsync", "files", "electron"]) {
      const path = `/feeds/${software}/${folder}/${name}`;
      const { response, bytes, lines, blocks } = await fetchZsync(`${path}.zsync`);
      expect(response.status).toBe(200);
      const others = made
        .toString("latin1", 0, end)
        .split("\n")
        .filter((line) => !line.startsWith("URL:"));
      expect(lines).toEqual([...others, `URL: ${stack.url}${path}`]);
      expect(blocks.equals(made.subarray(end))).toBe(true);
      expect(response.headers.get("content-length")).toBe(String(bytes.length));
      const head = await stack.request(`${path}.zsync`, { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe(String(bytes.length));
      const ranges = await stack.request(path, { headers: { range: "bytes=0-9,100-109" } });
      expect(ranges.status).toBe(206);
    }
  });

  test("of the newest AppImage of a channel has an address that stays the same", async () => {
    const software = newSoftware();
    const latest = (target = "linux-x64", query = "") =>
      fetchZsync(`/feeds/${software}/zsync/${target}.zsync${query}`);
    const named = async (query = "") => (await latest("linux-x64", query)).lines.at(-1)?.split("/").at(-1);
    const first = await released(software, "1.0.0");
    expect(await named()).toBe(first.name);
    const second = await released(software, "1.1.0");
    const beta = await released(software, "1.2.0-beta.1", { channel: "beta" });
    expect([await named(), await named("?channel=beta")]).toEqual([second.name, beta.name]);
    for (const target of ["linux-arm64", "windows-x64"])
      expectProblem(await stack.request(`/feeds/${software}/zsync/${target}.zsync`), 404, "FEED_EMPTY");
    const elsewhere = `/feeds/${newSoftware()}/zsync/linux-x64.zsync`;
    expectProblem(await stack.request(elsewhere), 404, "FEED_EMPTY");
    expectProblem(await stack.request(`/feeds/${software}/zsync/none.zsync`), 404, "PACKAGE_NOT_FOUND");
  });

  test("of private software names its package with the key that it was asked for with", async () => {
    const software = newSoftware();
    const { name } = await released(software, "1.0.0");
    await setVisibility(stack, software, "private");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    for (const file of ["linux-x64", name]) {
      const path = `/feeds/${software}/zsync/${file}.zsync`;
      expectProblem(await stack.request(path), 401, "INVALID_API_KEY");
      const { lines } = await fetchZsync(`${path}?key=${key}`);
      expect(lines.at(-1)).toBe(`URL: ${stack.url}/feeds/${software}/zsync/${name}?key=${key}`);
    }
  });
});
