import type { Bucket } from "../bucket-state.ts";
import { readText, type Body } from "../body/body.ts";
import { namedChecksums } from "../body/checksums.ts";
import type { Answer } from "../http/answer.ts";
import { header, type Call } from "../http/call.ts";
import { checkWrite } from "../http/conditions.ts";
import { childrenOf, readXml, textOf } from "../http/read-xml.ts";
import { refusals } from "../http/refusal.ts";
import { xmlAnswer } from "../http/xml.ts";

const MAX_KEYS = 1000;
/** 1000 keys of 1024 bytes, each byte written as an entity, and what is around them. */
const MAX_XML_BYTES = 8 * 1024 ** 2;

export async function deleteObject({ store }: Bucket, call: Call): Promise<Answer> {
  await store.commit((drop) => {
    const object = store.objects.find(call.key);
    if (object) checkWrite(call, object);
    drop(store.objects.delete(call.key));
  });
  return { status: 204 };
}

export async function deleteObjects(
  { store, strict }: Bucket,
  call: Call,
  body: () => Body,
): Promise<Answer> {
  if (strict && header(call, "content-md5") === undefined && namedChecksums(call).length === 0) {
    throw refusals.invalidRequest("Missing required header: Content-MD5 or a checksum.");
  }
  const request = readXml(await readText(body(), MAX_XML_BYTES), "Delete");
  const keys = childrenOf(request, "Object").map((object) => textOf(object, "Key") ?? "");
  if (keys.length === 0 || keys.length > MAX_KEYS) throw refusals.malformedXml();
  await store.commit((drop) => {
    for (const key of keys) drop(store.objects.delete(key));
  });
  const quiet = textOf(request, "Quiet") === "true";
  return xmlAnswer("DeleteResult", { Deleted: quiet ? [] : keys.map((Key) => ({ Key })) });
}
