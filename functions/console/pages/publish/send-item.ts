import { SlipwayError } from "../../../../scripts/client/library/library.ts";
import type {
  SlipwayUpload,
  SlipwayUploadOptions,
  SlipwayUploadRecord,
} from "../../../../scripts/client/library/types.ts";
import { uploadClient } from "../../api/uploads.ts";
import { trackUpload } from "../../kit/uploads/track.ts";
import { fieldOf } from "./form.ts";
import { hashFile } from "./hash-file.ts";
import { filesOfItems, isOneFile, progress, type Item, type Publication } from "./publication.ts";

/**
 * Sends one file, and notes in its item how that goes and what came of it.
 * @returns the field that the server has refused, if that is what came of it
 */
export async function sendItem(
  now: Publication,
  item: Item,
  signal: AbortSignal,
): Promise<{ field: string; problem: string } | undefined> {
  const file = filesOfItems.get(item.id);
  if (!file) return undefined;
  item.state = "sending";
  delete item.problem;
  try {
    const result = await upload(now, item, file, signal);
    if (result["state"] === "held") item.uploadId = String(result["upload_id"]);
    else item.packageId = Number(result["package_id"]);
    item.state = "sent";
    delete item.record;
  } catch (error) {
    item.state = signal.aborted ? "waiting" : "failed";
    if (signal.aborted) return undefined;
    item.problem = error instanceof Error ? error.message : String(error);
    const field = error instanceof SlipwayError ? fieldOf(item.problem) : undefined;
    return field === undefined ? undefined : { field, problem: item.problem };
  } finally {
    progress.delete(item.id);
  }
}

async function upload(
  now: Publication,
  item: Item,
  file: File,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const slipway = uploadClient(signal, true);
  const options: SlipwayUploadOptions = {
    sha256: (content, ends) => hashFile(content, ends, item.digest),
    // What a build tool has written down is of the whole file.
    hashesParts: item.digest === undefined,
    onProgress: trackUpload(
      (state) => {
        if (!signal.aborted) item.state = state;
      },
      (sent, speed) => {
        if (item.state === "sending") progress.set(item.id, { sent, speed });
      },
    ),
    onRecord: (record) => keep(item, record),
  };
  if (item.record) {
    try {
      // A copy, because what Vue watches cannot be cloned.
      const record = JSON.parse(JSON.stringify(item.record)) as SlipwayUploadRecord;
      return await slipway.resume(file, record, options);
    } catch (error) {
      // It was discarded or has expired meanwhile: then it begins anew.
      if (!(error instanceof SlipwayError) || !/^(?:UPLOAD_|INVALID_UPLOAD)/.test(error.code)) throw error;
      delete item.record;
    }
  }
  return slipway.upload(file, declarationOf(now, item), options);
}

function keep(item: Item, record: SlipwayUploadRecord): void {
  item.record = record;
  if (Object.keys(record.etags).length > 0) item.sentAs = record.upload_id;
}

function declarationOf(now: Publication, { name, fields, of, role }: Item): SlipwayUpload {
  const { items, notes, description } = now;
  if (fields) {
    const texts = { ...(notes && { notes }), ...(description && { description }) };
    const whole = isOneFile(now) ? { ...fields, ...texts } : { ...fields, draft: true };
    return { kind: "package", filename: name, package: whole } as SlipwayUpload;
  }
  const parent = items.find(({ id }) => id === of);
  const place = parent?.uploadId ? { upload_id: parent.uploadId } : { package_id: parent?.packageId };
  return { kind: "companion", filename: name, companion: { role, ...place } } as SlipwayUpload;
}
