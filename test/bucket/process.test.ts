import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, dataFiles, filled } from "./client.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/bucket/bucket-process.ts", import.meta.url));
const PART = 256 * 1024;
const access = {
  bucket: "packages",
  region: "auto",
  accessKeyId: "access",
  secretAccessKey: "the-secret-of-the-process",
};

let folder: string;
let socket: string;
let running: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-bucket-process-"));
  socket = join(folder, "bucket.sock");
  running = [];
});
afterEach(async () => {
  for (const child of running.filter(
    ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
  )) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await rm(folder, { recursive: true, force: true });
});

function begin(options: object = {}) {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ["pipe", "pipe", "pipe", "pipe"] });
  running.push(child);
  const said = { out: "", err: "" };
  child.stdout?.on("data", (chunk) => (said.out += String(chunk)));
  child.stderr?.on("data", (chunk) => (said.err += String(chunk)));
  const where = { folder: join(folder, "data"), listen: { socket }, signedHosts: ["bucket.internal"] };
  child.stdin?.write(`${JSON.stringify({ ...access, ...where, minPartBytes: 1024, ...options })}\n`);
  return { child, said, ready: () => once(child.stdio[3] as Readable, "data"), exited: once(child, "exit") };
}

async function start() {
  const started = begin();
  expect(String(await started.ready())).toBe("ready\n");
  return started;
}

const s3 = connect({ ...access, endpoint: "http://bucket.internal" });

/** Sends a signed request through the socket. @returns status, ETag and text; rejects if the connection breaks */
async function send(url: string, method: string, body?: Uint8Array | string) {
  const { pathname, search, host } = new URL(url);
  const sending = request({ socketPath: socket, method, path: pathname + search, headers: { host } });
  const answered = once(sending, "response") as Promise<[IncomingMessage]>;
  sending.end(body);
  const [answer] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    status: answer.statusCode,
    etag: answer.headers.etag,
    text: Buffer.concat(chunks).toString("latin1"),
  };
}

const put = async (key: string, body: Uint8Array | string) => send(await s3.signPut(key), "PUT", body);
const get = async (key: string) => send(await s3.signGet(key), "GET");
test("it serves on a socket that nobody else may use, says nothing, and ends at SIGTERM with what is under way", async () => {
  const { child, said, exited } = await start();
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  expect((await put("a", "hello")).status).toBe(200);
  child.kill("SIGINT");
  const url = new URL(await s3.signPut("slow"));
  const sending = request({
    socketPath: socket,
    method: "PUT",
    path: url.pathname + url.search,
    headers: { host: url.host, "content-length": 10 },
  });
  const answered = once(sending, "response") as Promise<[{ statusCode: number }]>;
  await new Promise((resolve) => sending.write("first", resolve));
  expect((await get("a")).text).toBe("hello");
  child.kill("SIGTERM");
  sending.end("other");
  expect((await answered)[0].statusCode).toBe(200);
  sending.destroy();
  expect(await exited).toEqual([0, null]);
  expect(said).toEqual({ out: "", err: "" });
  expect(existsSync(socket)).toBe(false);
});

test("it ends when its parent does", async () => {
  const { child, exited } = await start();
  child.stdin?.end();
  expect(await exited).toEqual([0, null]);
});

test("what keeps it from starting is one line, without the secret", async () => {
  await writeFile(join(folder, "data"), "not a folder");
  const { said, exited } = begin();
  expect(await exited).toEqual([1, null]);
  expect(said.err).toMatch(/^bucket: .+\n$/);
  expect(said.err).not.toContain(access.secretAccessKey);
});

test("a second one for the same data does not start", async () => {
  await start();
  const { said, exited } = begin({ listen: { port: 0 } });
  expect(await exited).toEqual([1, null]);
  expect(said.err).toMatch(/^bucket: .*locked.*\n$/);
});

describe("killed at any moment", () => {
  test("it has every object that it acknowledged, whole, and nothing of the others", async () => {
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 4; round++) {
      const { child, exited } = await start();
      const size = 200_000 + round;
      const writes = Array.from({ length: 12 }, async (_, index) => {
        const key = `${index % 8}`;
        const letter = String.fromCharCode(97 + round * 6 + (index % 6));
        const { status } = await put(`${round}/${key}/${index}`, filled(size, letter));
        if (status === 200) acknowledged.set(`${round}/${key}/${index}`, letter.repeat(size));
      });
      await Promise.any(writes);
      if (round % 2 === 0) await Promise.any(writes.slice(6));
      child.kill("SIGKILL");
      await exited;
      await Promise.allSettled(writes);
    }
    const { child, exited } = await start();
    for (const [key, text] of acknowledged) expect((await get(key)).text === text, key).toBe(true);
    expect(acknowledged.size).toBeGreaterThan(4);
    child.kill("SIGTERM");
    await exited;
    // Writes that were done, but whose answers were lost, may be there, too.
    expect(dataFiles({ folder: join(folder, "data") }).length).toBeLessThanOrEqual(48);
  });

  test("an upload goes on with the parts that were acknowledged, and its completion is done or can be done again", async () => {
    for (let round = 0; round < 4; round++) {
      const key = `upload-${round}`;
      const first = await start();
      const { text } = await send(await s3.signBegin(key), "POST");
      const UploadId = /<UploadId>(.*?)</.exec(text)?.[1];
      const upload = { Bucket: access.bucket, Key: key, UploadId };
      const letters = ["a", "b", "c", "d"];
      const sendPart = async (index: number) => {
        const body = filled(index === 3 ? 10 : PART, letters[index] ?? "");
        return (await send(await s3.signPart(upload, index + 1), "PUT", body)).etag;
      };
      const early = [await sendPart(3), await sendPart(1)];
      const cut = sendPart(0).catch(() => undefined);
      if (round > 1) await cut;
      first.child.kill("SIGKILL");
      await first.exited;
      await cut;

      const second = await start();
      const etags = [await sendPart(0), early[1], await sendPart(2), early[0]];
      const parts = etags.map((ETag, index) => ({ PartNumber: index + 1, ETag }));
      const list = parts.map(
        (part) => `<Part><PartNumber>${part.PartNumber}</PartNumber><ETag>${part.ETag}</ETag></Part>`,
      );
      const body = `<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`;
      const complete = async () => (await send(await s3.signComplete(upload), "POST", body)).status;
      const completing = complete().catch(() => undefined);
      if (round % 2 === 0) await completing;
      else await new Promise((resolve) => setTimeout(resolve, round));
      second.child.kill("SIGKILL");
      await second.exited;
      await completing;

      const third = await start();
      expect([200, 404]).toContain(await complete());
      const whole = await get(key);
      expect(
        whole.text === `${"a".repeat(PART)}${"b".repeat(PART)}${"c".repeat(PART)}${"d".repeat(10)}`,
      ).toBe(true);
      third.child.kill("SIGTERM");
      await third.exited;
    }
    expect(dataFiles({ folder: join(folder, "data") })).toHaveLength(4);
  });
});
