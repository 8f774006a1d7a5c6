import { SlipwayError } from "../../../../scripts/client/library/library.ts";
import type {
  SlipwayUpload,
  SlipwayUploadOptions,
  SlipwayUploadRecord,
} from "../../../../scripts/client/library/types.ts";
import { uploadClient } from "../../api/uploads.ts";
import { trackUpload } from "../../kit/uploads/track.ts";
import { hashFile } from "./hash-file.ts";
import { filesOfItems, isOneFile, progress, type Item, type Publication } from "./publication.ts";
import { refusalOf, type Refusal } from "./refusal.ts";

/** Little is lost by pausing. Of a large file parts are larger, so that their list, which is kept after each, stays short. */
const LEAST_PART_BYTES = 8 * 1024 * 1024;
const MOST_PART_BYTES = 64 * 1024 * 1024;
const MOST_PARTS = 1_000;
/** What is being declared while somebody pauses gets so long for its answer: by this it can be given up. Milliseconds. */
const DECLARING_MS = 3_000;

/**
 * Sends one file, and notes in its item how that goes and what came of it.
 * @returns what was refused for good, if that is what came of it
 */
export async function sendItem(
  now: Publication,
  item: Item,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const file = filesOfItems.get(item.id);
  if (!file) return undefined;
  item.state = "sending";
  delete item.problem;
  delete item.isRefused;
  try {
    const result = await upload(now, item, file, signal);
    if (result["state"] === "held") item.uploadId = String(result["upload_id"]);
    else item.packageId = Number(result["package_id"]);
    item.state = "sent";
    delete item.record;
  } catch (error) {
    item.state = signal.aborted ? "paused" : "failed";
    if (signal.aborted) return undefined;
    item.problem = error instanceof Error ? error.message : String(error);
    const refused = refusalOf(error);
    item.isRefused = refused !== undefined;
    return refused;
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
  const ends = endOnceDeclared(item, signal);
  const slipway = uploadClient(ends.signal, true);
  const options: SlipwayUploadOptions = {
    sha256: (content, stop) => hashFile(content, stop, item.digest),
    partSize: partSizeOf(file),
    // What a build tool has written down is of the whole file.
    hashesParts: item.digest === undefined,
    onProgress: trackUpload(
      (state) => {
        if (!signal.aborted) item.state = state;
      },
      (sent, speed, retry) => {
        const isShown = item.state === "sending" || (item.state === "verifying" && retry !== undefined);
        if (isShown) progress.set(item.id, { sent, speed, ...(retry && { retry }) });
        else progress.delete(item.id);
      },
    ),
    onRecord(record) {
      keep(item, record);
      if (signal.aborted) ends.abort(signal.reason);
    },
  };
  if (item.record) {
    try {
      // A copy, because what Vue watches cannot be cloned.
      const record = JSON.parse(JSON.stringify(item.record)) as SlipwayUploadRecord;
      return await slipway.resume(file, record, options);
    } catch (error) {
      // It was discarded, has expired meanwhile or had other bytes: then it begins anew.
      if (!(error instanceof SlipwayError) || !isOver(error.code)) throw error;
      delete item.record;
    }
  }
  return slipway.upload(file, declarationOf(now, item), options);
}

const isOver = (code: string) => /^(?:UPLOAD_|INVALID_UPLOAD|CHECKSUM_|SIZE_)/.test(code);

/** Ends with a signal, but not while it is unknown which upload has begun: giving up ends that one too. */
function endOnceDeclared(item: Item, signal: AbortSignal): AbortController {
  const ends = new AbortController();
  const end = () => ends.abort(signal.reason);
  const stop = () => (item.record ? end() : setTimeout(end, DECLARING_MS));
  signal.addEventListener("abort", stop, { once: true });
  return ends;
}

const partSizeOf = ({ size }: File) =>
  Math.min(MOST_PART_BYTES, Math.max(LEAST_PART_BYTES, Math.ceil(size / MOST_PARTS)));

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
