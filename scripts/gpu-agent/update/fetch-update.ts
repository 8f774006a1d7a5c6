import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { ClientError, EXIT } from "../../client/errors.ts";
import { drain, send, type Answer } from "../../client/http.ts";
import { replaceDurably } from "./replace-durably.ts";
import { unpackProgram } from "./unpack.ts";

/** A package of the agent has about one MiB. */
const MAX_BYTES = 64 * 1024 * 1024;
const MOST_REDIRECTS = 5;

/** A package that must not be run: other bytes than the server says, or no agent in it. */
export class BadPackage extends Error {
  override readonly name = "BadPackage";
}

/**
 * Fetches a package whose SHA-256 the Slipway server tells, and puts the program in it at `path`.
 * @returns the SHA-256 of the program
 * @throws BadPackage; ClientError where server or bucket cannot be reached; an AbortError when `signal` fires
 */
export async function fetchUpdate(url: string, path: string, signal: AbortSignal): Promise<string> {
  const told = await send(url, { method: "HEAD", signal });
  drain(told);
  const expected = told.headers["x-checksum-sha256"];
  if (told.status !== 200 || typeof expected !== "string")
    throw unavailable(`the server answered ${told.status}, and no SHA-256, to the question for the package`);
  const bytes = await fetchBytes(url, signal);
  if (sha256(bytes) !== expected) throw new BadPackage("its SHA-256 does not match");
  const program = unpacked(bytes);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  replaceDurably(path, program);
  return sha256(program);
}

async function fetchBytes(url: string, signal: AbortSignal): Promise<Buffer> {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await send(at, { method: "GET", signal });
    if (answer.status === 200) return await readBytes(answer, signal);
    drain(answer);
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status > 399 || location === undefined)
      throw unavailable(`status ${answer.status} for the package`);
    at = new URL(location, at).href;
  }
  throw unavailable("the package is redirected too often");
}

async function readBytes(answer: Answer, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BYTES) throw new BadPackage("it is larger than 64 MiB");
      chunks.push(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BadPackage) throw error;
    throw unavailable("the connection broke off");
  }
  return Buffer.concat(chunks);
}

function unpacked(bytes: Buffer): Buffer {
  try {
    return unpackProgram(bytes);
  } catch (error) {
    throw new BadPackage(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const unavailable = (why: string) => new ClientError(EXIT.unavailable, "NETWORK", why);
