import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf } from "./body/body.ts";
import type { Bucket } from "./bucket-state.ts";
import { suffer, type Fault } from "./faults.ts";
import type { Answer } from "./http/answer.ts";
import { parseCall, type Call } from "./http/call.ts";
import { corsHeaders, preflight } from "./http/cors.ts";
import { asRefusal, Refusal } from "./http/refusal.ts";
import { send } from "./http/send.ts";
import { errorAnswer } from "./http/xml.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import type { BucketOptions, SeenRequest } from "./options.ts";
import { operationOf } from "./route.ts";
import { createVerifier } from "./signature/verify.ts";

/** Answers requests. `expectsContinue`: the client waits for a word before it sends its body. */
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
) => Promise<void>;

export function createServe(bucket: Bucket, options: BucketOptions): Serve {
  const verify = createVerifier(options, options.signedHosts ?? []);
  const { basePath = "", faults, onRequest, handsOverFiles = false } = options;

  async function answerTo(
    call: Call,
    source: AsyncIterable<Buffer>,
    fault: Fault | undefined,
  ): Promise<Answer> {
    if (call.method === "OPTIONS") return preflight(bucket.cors.get(), call);
    const verified = verify(call, bucket.now());
    if (call.bucket !== bucket.name && call.bucket !== "") {
      throw new Refusal(404, "NoSuchBucket", "The bucket does not exist.");
    }
    const operation = operationOf(call);
    await suffer(fault);
    return operations[operation](bucket, call, () => bodyOf(call, verified, source));
  }

  return async (request, response, expectsContinue) => {
    const requestId = randomBytes(8).toString("hex").toUpperCase();
    response.setHeader("date", new Date(bucket.now()).toUTCString());
    response.setHeader("x-amz-request-id", requestId);
    response.setHeader("x-content-type-options", "nosniff");
    let call: Call | undefined;
    let operation: Operation | undefined;
    let answer: Answer;
    let fault: Fault | undefined;
    const seen: SeenRequest = { operation, key: "", headers: request.headers, status: undefined };
    try {
      call = parseCall(request, basePath);
      operation = nameOf(call);
      Object.assign(seen, { operation, key: call.key });
      onRequest?.(seen);
      fault = operation && faults?.take(operation);
      answer = await answerTo(call, bodySource(request, response, expectsContinue), fault);
    } catch (error) {
      if (request.destroyed && !request.complete) return void response.destroy();
      const refusal = asRefusal(error);
      if (refusal !== error) report(operation, error);
      answer = errorAnswer(refusal, call ? `/${call.bucket}/${call.key}` : "/", requestId);
    }
    if (fault?.kind === "lost-answer") return void response.destroy();
    seen.status = answer.status;
    const headers = { ...answer.headers, ...(call && corsHeaders(bucket.cors.get(), call)) };
    const sending = { handsOver: handsOverFiles, cutShort: fault?.kind === "truncate" };
    await send(request, response, { ...answer, headers }, sending);
  };
}

/** The body of a request. Where the client waits for permission to send it, it gets that once somebody reads. */
function bodySource(
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): AsyncIterable<Buffer> {
  return {
    [Symbol.asyncIterator]() {
      if (expectsContinue) response.writeContinue();
      return request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
    },
  };
}

function nameOf(call: Call): Operation | undefined {
  try {
    return call.method === "OPTIONS" ? undefined : operationOf(call);
  } catch {
    return undefined;
  }
}

/** One line for the operator. Of the request it only repeats what was asked for. */
export function report(what: string | undefined, error: unknown): void {
  const { name, code, message } = error as NodeJS.ErrnoException;
  const line = `bucket: ${what ?? "a request"} failed: ${code ?? name}: ${message}`;
  process.stderr.write(`${line.replace(/\s+/g, " ")}\n`);
}
