import type { Bucket } from "../bucket-state.ts";
import type { Answer } from "../http/answer.ts";
import { header, type Call } from "../http/call.ts";
import { checkCopySource, checkWrite } from "../http/conditions.ts";
import { metadataOf } from "../http/metadata.ts";
import { refusals } from "../http/refusal.ts";
import { xmlAnswer } from "../http/xml.ts";
import type { ObjectRow } from "../store/object-rows.ts";

/** A copy is a second row for the same file: files never change, so no bytes have to be copied. */
export async function copyObject(bucket: Bucket, call: Call): Promise<Answer> {
  const { store, limits, now } = bucket;
  const directive = header(call, "x-amz-metadata-directive") ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw refusals.invalidArgument("x-amz-metadata-directive must be COPY or REPLACE.");
  }
  const copied = await store.commit((drop) => {
    const { object: source, key } = copySource(bucket, call);
    if (source.size > limits.maxCopyBytes) {
      throw refusals.invalidRequest("The copy source is too large for one step: copy it in parts.");
    }
    if (key === call.key && directive === "COPY") {
      throw refusals.invalidRequest(
        "This copies an object onto itself without changing it: send x-amz-metadata-directive: REPLACE with new metadata.",
      );
    }
    checkWrite(call, store.objects.find(call.key));
    const metadata = directive === "REPLACE" ? metadataOf(call) : source.metadata;
    const row = { ...source, metadata, modified: now() };
    drop(store.objects.put(call.key, row));
    return row;
  });
  const LastModified = new Date(copied.modified).toISOString();
  return xmlAnswer("CopyObjectResult", { ETag: copied.etag, LastModified });
}

/** The object that `x-amz-copy-source` names, if it meets the conditions of the request. */
export function copySource({ name, store }: Bucket, call: Call): { key: string; object: ObjectRow } {
  const [path = "", version] = (header(call, "x-amz-copy-source") ?? "").split("?versionId=");
  const [bucket, ...rest] = decode(path).replace(/^\//, "").split("/");
  if (version !== undefined && version !== "null") throw refusals.notImplemented("A version of a source");
  const key = rest.join("/");
  const object = bucket === name ? store.objects.find(key) : undefined;
  if (object === undefined) throw refusals.noSuchKey();
  checkCopySource(call, object);
  return { key, object };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusals.invalidArgument("x-amz-copy-source could not be read.");
  }
}
