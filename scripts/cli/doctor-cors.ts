import { createHash, randomUUID } from "node:crypto";
import { abortUpload, createUpload } from "../client/uploads-api.ts";
import type { Part } from "../client/uploads-api.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "./context.ts";
import { toClientError } from "./errors.ts";
import { fail, ok, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { drain, send } from "../client/http.ts";

const NAME = "CORS";

/**
 * Asks the bucket, as a browser on `origin` would, whether it may PUT there. It begins an upload that never gets bytes,
 * sends the preflight to its URL, and aborts it. Nothing has to be asked where bucket and server share an origin.
 */
export async function checkCors(ctx: Context, client: Client, origin: string | undefined): Promise<Finding> {
  const page = origin ?? new URL(client.url).origin;
  let part: Part | undefined;
  try {
    const ticket = await createUpload(client, draft(), randomUUID());
    [part] = ticket.parts;
    await abortUpload(client, ticket);
  } catch (error) {
    return warn(NAME, `could not be checked: ${toClientError(error).message}`);
  }
  if (part === undefined) return warn(NAME, "could not be checked: the server did not sign a URL");
  const bucket = new URL(part.url).origin;
  if (bucket === page) return ok(NAME, `not needed: the bucket shares the origin ${page}`);
  try {
    return await preflight(ctx, part, page, bucket);
  } catch (error) {
    return fail(
      NAME,
      toClientError(error).message,
      "Clients cannot reach the bucket: check S3_PUBLIC_ENDPOINT.",
    );
  }
}

async function preflight(ctx: Context, part: Part, page: string, bucket: string): Promise<Finding> {
  const names = Object.keys(part.headers).map((name) => name.toLowerCase());
  const asked = names.filter((name) => name !== "host" && name !== "content-length").toSorted();
  const answer = await send(part.url, {
    method: "OPTIONS",
    headers: {
      origin: page,
      "access-control-request-method": "PUT",
      ...(asked.length > 0 ? { "access-control-request-headers": asked.join(",") } : {}),
    },
    signal: ctx.signal,
  });
  drain(answer);
  const allowed = answer.headers["access-control-allow-origin"];
  const headers = listed(answer.headers["access-control-allow-headers"]);
  const methods = listed(answer.headers["access-control-allow-methods"]);
  const missing = headers.includes("*") ? [] : asked.filter((name) => !headers.includes(name));
  const advice = `Let the bucket's CORS rules allow PUT from ${page} with ${asked.join(", ")}, and expose ETag.`;
  if (answer.status >= 300 || (allowed !== "*" && allowed !== page)) {
    return warn(NAME, `${bucket} does not let browser pages of ${page} upload (${answer.status})`, advice);
  }
  if (!methods.includes("put") && !methods.includes("*"))
    return warn(NAME, `${bucket} does not allow PUT`, advice);
  if (missing.length > 0) return warn(NAME, `${bucket} does not allow ${missing.join(", ")}`, advice);
  return ok(NAME, `${bucket} lets browser pages of ${page} upload`);
}

function listed(header: string | undefined): string[] {
  return (header ?? "").split(",").map((item) => item.trim().toLowerCase());
}

/** An upload of one byte that is never sent, of a version that no release has. */
function draft(): unknown {
  return {
    kind: "package",
    filename: "doctor.zip",
    size: 1,
    sha256: createHash("sha256").update(randomUUID()).digest("hex"),
    package: { version: `0.0.0-doctor.${Date.now()}`, package_type: "full", is_stable: false },
  };
}
