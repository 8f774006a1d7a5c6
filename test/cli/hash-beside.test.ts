import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashBeside } from "../../scripts/client/hash-beside.ts";
import { lookAt } from "../../scripts/client/local-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-hash-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

async function fileOf(bytes: Buffer) {
  const path = join(folder, "file");
  await writeFile(path, bytes);
  const file = await lookAt(path);
  if (file === undefined) throw new Error("there is a file");
  return file;
}

test.each([1, 4 * 1024 ** 2, 10 * 1024 ** 2 + 1])("takes the SHA-256 of %i bytes", async (size) => {
  const bytes = randomBytes(size);
  expect(await hashBeside(await fileOf(bytes), never)).toBe(createHash("sha256").update(bytes).digest("hex"));
});

test("says what is wrong with a file that is gone", async () => {
  const file = await fileOf(randomBytes(10));
  await rm(file.path);
  await expect(hashBeside(file, never)).rejects.toMatchObject({ code: "ENOENT" });
});

test("ends when it is told to, before it has begun and after", async () => {
  const file = await fileOf(randomBytes(64 * 1024 ** 2));
  const reason = new Error("enough");
  await expect(hashBeside(file, AbortSignal.abort(reason))).rejects.toBe(reason);
  const stop = new AbortController();
  const hashing = hashBeside(file, stop.signal);
  stop.abort(reason);
  await expect(hashing).rejects.toBe(reason);
});
