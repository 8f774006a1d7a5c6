import { createCipheriv } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";

/** See its README. */
const RECORDED = new URL("recorded/", import.meta.url);
const BYTES = 600_000;

/** The same bytes each time, of which none repeats. */
function noise(seed: number, size: number): Buffer {
  return createCipheriv("aes-128-ctr", Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** An app before and after a change: other bytes in three places, and some more in the middle. */
export function appContent(version: "1.0.0" | "1.1.0"): Buffer {
  const content = noise(1, BYTES);
  if (version === "1.0.0") return content;
  for (const [seed, at] of [40_000, 210_000, 555_000].entries()) noise(seed + 2, 300).copy(content, at);
  return Buffer.concat([content.subarray(0, 330_000), noise(9, 777), content.subarray(330_000)]);
}

/** What electron-builder left behind for Windows and Linux, by file name. */
export async function recordedBuild(version: "1.0.0" | "1.1.0"): Promise<Record<string, Buffer>> {
  const folder = new URL(`${version}/`, RECORDED);
  const files: Record<string, Buffer> = { [`Omega Setup ${version}.exe`]: appContent(version) };
  for (const name of await readdir(folder)) files[name] = await readFile(new URL(name, folder));
  const image = `Omega-${version}.AppImage`;
  const map = files[`${image}.map`] ?? Buffer.alloc(0);
  delete files[`${image}.map`];
  return { ...files, [image]: Buffer.concat([appContent(version), map]) };
}
