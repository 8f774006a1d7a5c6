import type { Storage, UploadedPart } from "../../storage/storage.ts";
import { FORM_PART_BYTES, FORM_PARTS_UNDER_WAY } from "../policy.ts";

export type PartWriter = {
  /** Takes a copy of the bytes. Once there is more than one part, `begin` opens the multipart upload. */
  write(bytes: Uint8Array): Promise<void>;
  /** All bytes that were written, while they are at most one part and nothing was sent. */
  whole(): Uint8Array | undefined;
  /** Sends the last part and joins all. */
  finish(): Promise<{ etag: string }>;
};

type Target = { key: string; multipartId: string };
type Options = {
  storage: Storage;
  /** How many bytes are expected, so that the first buffer has the right size. */
  expected: number;
  /** Opens the multipart upload, before its first part is sent. */
  begin: () => Promise<Target>;
  /** Told before each part is sent how many bytes there are, this part included. */
  onPart: (bytes: number) => Promise<void>;
};

/**
 * Writes bytes of any length as the parts of one object. It holds a few parts in memory: one is filled while others are
 * sent.
 */
export function createPartWriter({ storage, expected, begin, onPart }: Options): PartWriter {
  let buffer = new Uint8Array(Math.min(Math.max(expected, 1), FORM_PART_BYTES));
  let filled = 0;
  let sent = 0;
  let target: Target | undefined;
  let count = 0;
  const spare: Uint8Array<ArrayBuffer>[] = [];
  const sending: Promise<UploadedPart>[] = [];
  const parts: UploadedPart[] = [];

  /** Waits until at most this many parts are under way. */
  async function untilAtMost(underWay: number): Promise<void> {
    while (sending.length > underWay) {
      const [oldest] = sending;
      if (oldest) parts.push(await oldest);
      void sending.shift();
    }
  }

  async function send(): Promise<void> {
    target ??= await begin();
    await onPart(sent + filled);
    await untilAtMost(FORM_PARTS_UNDER_WAY - 1);
    const full = buffer;
    const { key, multipartId } = target;
    const part = storage.uploadPart(key, multipartId, ++count, full.subarray(0, filled)).then((done) => {
      spare.push(full);
      return done;
    });
    // Whoever awaits the part hears of its failure; until then the failure must not count as unhandled.
    part.catch(() => undefined);
    sending.push(part);
    sent += filled;
    filled = 0;
    buffer = spare.pop() ?? new Uint8Array(FORM_PART_BYTES);
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
      await untilAtMost(0);
      if (!target) throw new Error("no part was sent");
      return storage.completeMultipart(target.key, target.multipartId, parts);
    },
  };
}
