import type { Bucket } from "../bucket-state.ts";
import type { Body } from "../body/body.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { checkWrite } from "../http/conditions.ts";
import { metadataOf } from "../http/metadata.ts";
import { wholeFile, writeBody } from "../store/writer.ts";

export async function putObject({ store, now }: Bucket, call: Call, body: () => Body): Promise<Answer> {
  checkWrite(call, store.objects.find(call.key));
  const bytes = body();
  const file = store.files.create();
  try {
    await writeBody(store.files, wholeFile(file), bytes.chunks);
    const etag = `"${bytes.etag()}"`;
    const { size, sha256 } = bytes;
    const row = { file: file.name, size, etag, metadata: metadataOf(call), modified: now(), sha256 };
    await store.commit((drop) => {
      // Another object may have been written since the conditions were first checked.
      checkWrite(call, store.objects.find(call.key));
      drop(store.objects.put(call.key, row));
    });
    return { status: 200, headers: { etag } };
  } finally {
    file.release();
  }
}
