import { deflateRawSync, gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { newBytes } from "../publish.ts";
import { blockmapOf, release, sendDraft, sendHeldCompanion } from "../releases.ts";
import type { TestStack } from "../stack.ts";

const BLOCK_BYTES = 4096;

export type BuiltFile = {
  /** As electron-builder names it; its extension counts. */
  filename: string;
  platform: string;
  arch?: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the release, where it is no stable one. */
  channel?: string;
  more?: Record<string, unknown>;
  hasNoBlockmap?: boolean;
};

/** Publishes what electron-builder has built, each file with its block map, as one release. */
export async function publishBuild(
  stack: TestStack,
  software: string,
  version: string,
  files: BuiltFile[],
): Promise<void> {
  for (const { filename, platform, arch = "x64", bytes, channel, more, hasNoBlockmap } of files) {
    const fields = { software, version, platform, arch, ...(channel && { channel }), ...more };
    const sent = await sendDraft(stack, fields, { bytes, filename });
    if (!hasNoBlockmap) await sendHeldCompanion(stack, sent, "blockmap", blockmapOf(bytes, BLOCK_BYTES));
  }
  const published = await release(stack, software, version, "/publish", {});
  expect(published.status, published.text).toBe(200);
}

/** Two builds of 400 KB: the later one differs in the bytes of a few blocks here and there, and has another one at its end. */
export function twoBuilds(changes = 5): [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
  const older = newBytes(100 * BLOCK_BYTES);
  const newer = new Uint8Array(Buffer.concat([older, newBytes(1000)]));
  for (let change = 1; change <= changes; change++) newer.set(newBytes(20), change * 15 * BLOCK_BYTES + 9);
  return [older, newer];
}

/** A file that ends with its own block map, as AppImages of electron-builder do. */
export function withBlockmap(content: Uint8Array) {
  const map = deflateRawSync(gunzipSync(blockmapOf(content, BLOCK_BYTES)));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(map.length);
  return { bytes: new Uint8Array(Buffer.concat([content, map, size])), blockMapSize: map.length };
}
