import { appendFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followLog } from "../../scripts/stack/follow-log.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-log-"));
  path = join(folder, "log");
  await writeFile(path, "");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("hands on whole lines, also those that were written in pieces, and the last without its end", async () => {
  const lines: string[] = [];
  const log = await followLog(path, (taken) => lines.push(...taken));
  await appendFile(path, "one\ntw");
  await vi.waitFor(() => expect(lines).toEqual(["one"]));
  await appendFile(path, "o\nthrée\nfour");
  await vi.waitFor(() => expect(lines).toEqual(["one", "two", "thrée"]));
  await log.stop();
  expect(lines).toEqual(["one", "two", "thrée", "four"]);
});

test("empties a file that has been read, and goes on", async () => {
  let lines = 0;
  const log = await followLog(path, (taken) => void (lines += taken.length));
  await appendFile(path, `${"x".repeat(999)}\n`.repeat(10_000));
  await vi.waitFor(async () => expect((await stat(path)).size).toBe(0), { timeout: 5_000 });
  expect(lines).toBe(10_000);
  await appendFile(path, "after\n");
  await log.stop();
  expect(lines).toBe(10_001);
});

test("leaves lines where they are while they cannot be taken", async () => {
  const lines: string[] = [];
  let waiting = true;
  const log = await followLog(
    path,
    (taken) => lines.push(...taken),
    () => waiting,
  );
  await appendFile(path, "one\n");
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(lines).toEqual([]);
  waiting = false;
  await vi.waitFor(() => expect(lines).toEqual(["one"]));
  await log.stop();
});
