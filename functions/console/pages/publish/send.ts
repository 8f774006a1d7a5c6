import { createSlipway, SlipwayError } from "../../../../scripts/client/library/library.ts";
import type {
  SlipwayProgress,
  SlipwayUpload,
  SlipwayUploadOptions,
  SlipwayUploadRecord,
} from "../../../../scripts/client/library/types.ts";
import { api } from "../../api/client.ts";
import { asFailure } from "../../api/failure.ts";
import { queryClient } from "../../api/query-client.ts";
import { language } from "../../locale/i18n.ts";
import { hashFile } from "./hash-file.ts";
import { filesOfItems, publication, withoutFile, type Item, type Publication } from "./publication.ts";

/** So many files are on their way at once: one is verified while another is sent. */
const FILES_AT_ONCE = 2;
/** Ends the sending where somebody pauses it. */
let stop = new AbortController();

/** Sends what is not sent yet, then publishes it unless it is to stay a draft. */
export async function send(): Promise<void> {
  const now = publication.now;
  if (!now || withoutFile(now).length > 0) return;
  stop = new AbortController();
  const { signal } = stop;
  now.state = "sending";
  delete now.problem;
  for (const item of now.items) if (item.state !== "sent") item.state = "waiting";
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, () => sendSome(now, signal)));
  if (signal.aborted) return;
  if (now.items.some(({ state }) => state !== "sent")) now.state = "paused";
  else if (now.isDraft) now.state = "drafted";
  else await publish(now, false);
  await queryClient.invalidateQueries();
}

/** Pauses; what has been sent stays sent. */
export function pause(): void {
  if (!publication.now) return;
  publication.now.state = "paused";
  stop.abort();
}

/** Ends the uploads that are not whole, because a release waits for them. What was sent whole stays a draft. */
export async function giveUp(now: Publication): Promise<void> {
  pause();
  const records = now.items.flatMap(({ state, record }) => (record && state !== "sent" ? [record] : []));
  for (const { upload_id, upload_token } of records) {
    const headers = { authorization: `Bearer ${upload_token}` };
    // It may be over already.
    await api
      .DELETE("/api/v1/uploads/{id}", { params: { path: { id: upload_id } }, headers })
      .catch(asFailure);
  }
  await queryClient.invalidateQueries();
}

/** Makes all versions visible, each at one moment. */
export async function publish(now: Publication, allowIncomplete: boolean): Promise<void> {
  delete now.problem;
  try {
    for (const version of now.versions) {
      const isHeld = now.items.some(
        ({ fields, uploadId }) => fields?.version === version && uploadId !== undefined,
      );
      const isBeside = now.items.some(
        ({ of, uploadId }) =>
          uploadId !== undefined && now.items.find(({ id }) => id === of)?.fields?.version === version,
      );
      if (!isHeld && !isBeside) continue;
      await api.POST("/api/v1/releases/{software}/{version}/publish", {
        params: { path: { software: now.software, version } },
        body: {
          allow_incomplete: allowIncomplete,
          ...(now.notes && { notes: now.notes }),
          ...(now.description && { description: now.description }),
        },
      });
    }
    now.state = "published";
  } catch (error) {
    const { message, requestId } = asFailure(error);
    now.problem = requestId ? `${message} (${requestId})` : message;
    now.state = "refused";
  }
}

async function sendSome(now: Publication, signal: AbortSignal): Promise<void> {
  for (;;) {
    const item = now.items.find((one) => one.state === "waiting" && isReady(now, one));
    if (!item || signal.aborted) return;
    await sendItem(now, item, signal);
  }
}

/** A companion is sent once its package is there. */
const isReady = ({ items }: Publication, { of }: Item) =>
  of === undefined || items.find(({ id }) => id === of)?.state === "sent";

async function sendItem(now: Publication, item: Item, signal: AbortSignal): Promise<void> {
  const file = filesOfItems.get(item.id);
  if (!file) return;
  item.state = "sending";
  delete item.problem;
  try {
    const result = await upload(now, item, file, signal);
    if (result["state"] === "held") item.uploadId = String(result["upload_id"]);
    else item.packageId = Number(result["package_id"]);
    Object.assign(item, { state: "sent", sent: item.size });
    delete item.record;
  } catch (error) {
    item.state = signal.aborted ? "waiting" : "failed";
    if (!signal.aborted) item.problem = error instanceof Error ? error.message : String(error);
  }
}

async function upload(
  now: Publication,
  item: Item,
  file: File,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const slipway = createSlipway({
    url: location.origin,
    signal,
    headers: { "x-slipway-console": "1", "accept-language": language.value },
  });
  const options: SlipwayUploadOptions = {
    sha256: (content, ends) => hashFile(content, ends, item.digest),
    onProgress: progressOf(item),
    onRecord: (record) => void (item.record = record),
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
      item.sent = 0;
    }
  }
  return slipway.upload(file, declarationOf(now, item), options);
}

function declarationOf({ items }: Publication, { name, fields, of, role }: Item): SlipwayUpload {
  if (fields)
    return { kind: "package", filename: name, package: { ...fields, draft: true } } as SlipwayUpload;
  const parent = items.find(({ id }) => id === of);
  const place = parent?.uploadId ? { upload_id: parent.uploadId } : { package_id: parent?.packageId };
  return { kind: "companion", filename: name, companion: { role, ...place } } as SlipwayUpload;
}

function progressOf(item: Item) {
  let began: { at: number; bytes: number } | undefined;
  return ({ phase, bytes }: SlipwayProgress) => {
    if (phase === "verifying") item.state = "verifying";
    if (phase !== "uploading") return;
    began ??= { at: performance.now(), bytes };
    item.sent = bytes;
    const seconds = (performance.now() - began.at) / 1000;
    if (seconds > 0 && bytes > began.bytes) item.speed = (bytes - began.bytes) / seconds;
  };
}
