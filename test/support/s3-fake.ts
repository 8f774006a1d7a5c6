import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { checkBody } from "./s3-fake/checksums.ts";
import { corsHeaders, preflight, type CorsRule } from "./s3-fake/cors.ts";
import { createFaults, internalError, slowDown, type Fault } from "./s3-fake/faults.ts";
import { operationOf, operations, type Operation } from "./s3-fake/operations.ts";
import { verifySignature } from "./s3-fake/signature.ts";
import type { State } from "./s3-fake/state.ts";
import { parseCall, readBody, Refusal, type Answer, type Call } from "./s3-fake/wire.ts";
import { errorAnswer } from "./s3-fake/xml.ts";

type S3FakeOptions = {
  bucket?: string;
  region?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  cors?: CorsRule[];
  /** The store's clock, milliseconds since 1970. */
  clock?: () => number;
} & Partial<Pick<State, "minPartBytes" | "equalParts" | "maxCopyBytes" | "pageSize">>;

type RecordedRequest = {
  operation: Operation | undefined;
  key: string;
  headers: IncomingMessage["headers"];
  status: number | undefined;
};

/**
 * A strict S3 in memory, over real HTTP on a random port: it refuses all that R2 or S3 would refuse, and fails on demand.
 * Path-style only.
 */
export async function startS3Fake(options: S3FakeOptions = {}) {
  const credentials = {
    accessKeyId: options.accessKeyId ?? "FAKEACCESSKEY",
    secretAccessKey: options.secretAccessKey ?? "fake/secret+access=key",
    region: options.region ?? "auto",
  };
  const state: State = {
    bucket: options.bucket ?? "packages",
    objects: new Map(),
    uploads: new Map(),
    cors: options.cors ?? [],
    minPartBytes: options.minPartBytes ?? 5 * 1024 ** 2,
    equalParts: options.equalParts ?? true,
    maxCopyBytes: options.maxCopyBytes ?? 5 * 1024 ** 3,
    pageSize: options.pageSize ?? 1000,
    now: options.clock ?? Date.now,
  };
  const faults = createFaults();
  const requests: RecordedRequest[] = [];

  async function answer(call: Call, request: IncomingMessage, fault: Fault | undefined): Promise<Answer> {
    if (call.bucket !== state.bucket) throw new Refusal(404, "NoSuchBucket", "The bucket does not exist.");
    if (call.method === "OPTIONS") return preflight(state, call);
    verifySignature(call, credentials, state.now());
    const operation = operationOf(call);
    const body = await readBody(request);
    if (fault?.kind === "500") throw internalError();
    if (fault?.kind === "503-slow-down") throw slowDown();
    if (fault?.kind === "200-with-error") return { ...errorAnswer(internalError()), status: 200 };
    if (fault?.kind === "delay") await delay(fault.delayMs ?? 50);
    checkBody(call, body);
    return operations[operation](state, call, body);
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const call = parseCall(request);
    const operation = nameOf(call);
    const seen: RecordedRequest = { operation, key: call.key, headers: call.headers, status: undefined };
    requests.push(seen);
    const fault = operation && faults.take(operation);
    let result: Answer;
    try {
      result = await answer(call, request, fault);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      result = errorAnswer(error);
      // Whatever is left of the body is read, so that the client gets to see the refusal.
      request.resume();
    }
    if (fault?.kind === "lost-answer") return response.destroy();
    seen.status = result.status;
    const body = Buffer.from(result.body ?? "");
    response.writeHead(result.status, {
      "content-length": String(body.length),
      date: new Date(state.now()).toUTCString(),
      ...result.headers,
      ...corsHeaders(state, call),
    });
    if (fault?.kind === "truncate") {
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    } else {
      response.end(call.method === "HEAD" || result.status === 304 ? undefined : body);
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: state.bucket,
    ...credentials,
    /** What is stored, by key; a snapshot. */
    objects: () => new Map(state.objects),
    /** Multipart uploads under way, by id; a snapshot. */
    uploads: () => new Map(state.uploads),
    fail: (fault: Fault) => void faults.add(fault),
    /** Every request so far, oldest first. */
    requests,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

export type S3Fake = Awaited<ReturnType<typeof startS3Fake>>;

function nameOf(call: Call): Operation | undefined {
  try {
    return call.method === "OPTIONS" ? undefined : operationOf(call);
  } catch {
    return undefined;
  }
}
