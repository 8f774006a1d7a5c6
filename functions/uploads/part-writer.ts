import type { Storage, UploadedPart } from "../core/storage.ts";
import { FORM_PART_BYTES } from "./policy.ts";

export type PartWriter = {
  /** Takes a copy of the bytes; `begin` gives the multipart upload once there is more than one part. */
  write(bytes: Uint8Array): Promise<void>;
  /** All that was written, while that is one part at most and nothing was sent. */
  whole(): Uint8Array | undefined;
  /** Sends the last part and joins all. */
  finish(): Promise<{ etag: string }>;
};

type Target = { key: string; multipartId: string };
type Options = {
  storage: Storage;
  /** Bytes that are expected, for a first buffer of the right size. */
  expected: number;
  /** Opens the multipart upload, before its first part is sent. */
  begin: () => Promise<Target>;
  /** Told before each part is sent how many bytes there are with it. */
  onPart: (bytes: number) => Promise<void>;
};

/** Writes bytes of any length as the parts of one object, in the memory of two: one is filled while one is sent. */
export function createPartWriter({ storage, expected, begin, onPart }: Options): PartWriter {
  let buffer = new Uint8Array(Math.min(Math.max(expected, 1), FORM_PART_BYTES));
  let filled = 0;
  let sent = 0;
  let spare: Uint8Array<ArrayBuffer> | undefined;
  let target: Target | undefined;
  let sending: Promise<UploadedPart> | undefined;
  const parts: UploadedPart[] = [];

  async function sentBefore(): Promise<void> {
    if (sending) parts.push(await sending);
    sending = undefined;
  }

  async function send(): Promise<void> {
    target ??= await begin();
    await onPart(sent + filled);
    await sentBefore();
    const full = buffer;
    const body = full.subarray(0, filled);
    const { key, multipartId } = target;
    sending = storage.uploadPart(key, multipartId, parts.length + 1, body).then((part) => {
      spare = full;
      return part;
    });
    // Whoever waits for it hears of it; until then nobody does.
    sending.catch(() => undefined);
    sent += filled;
    filled = 0;
    buffer = spare ?? new Uint8Array(FORM_PART_BYTES);
    spare = undefined;
  }

  function grow(): void {
    const larger = new Uint8Array(Math.min(2 * buffer.length, FORM_PART_BYTES));
    larger.set(buffer);
    buffer = larger;
  }

  return {
    async write(bytes) {
      for (let taken = 0; taken < bytes.length;) {
        if (filled === FORM_PART_BYTES) await send();
        else if (filled === buffer.length) grow();
        const piece = bytes.subarray(taken, taken + buffer.length - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        taken += piece.length;
      }
    },
    whole: () => (target ? undefined : buffer.subarray(0, filled)),
    async finish() {
      await send();
      await sentBefore();
      if (!target) throw new Error("no part was sent");
      return storage.completeMultipart(target.key, target.multipartId, parts);
    },
  };
}
