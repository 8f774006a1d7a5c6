import type { components } from "../../../../../scripts/client/openapi.ts";
import { Failure, noAnswer } from "../../../api/failure.ts";
import { t } from "./texts.ts";

type Part = components["schemas"]["SignedPart"];
type Sending = {
  signal: AbortSignal;
  /** Signs the same part once more: its URL may have run out. */
  again: () => Promise<Part>;
  onBytes: (sent: number) => void;
};

const TRIES = 4;
const PAUSE_MS = 1000;

/** Sends one part, again where the network or the bucket failed. @returns its ETag @throws Failure. */
export async function sendPart(part: Part, content: Blob, sending: Sending): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await put(tried === 1 ? part : await sending.again(), content, sending);
    } catch (failure) {
      sending.signal.throwIfAborted();
      if (tried === TRIES) throw failure;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** tried));
    }
  }
}

/** By XMLHttpRequest, because fetch does not tell how much has been sent. */
function put({ url, headers }: Part, content: Blob, { signal, onBytes }: Sending): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("PUT", url);
    // The browser sets the length itself, and refuses to have it set.
    for (const [name, value] of Object.entries(headers))
      if (name.toLowerCase() !== "content-length") request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => onBytes(loaded));
    request.addEventListener("load", () =>
      request.status === 200
        ? resolve(request.getResponseHeader("etag") ?? "")
        : reject(new Failure(t("notTaken", { status: request.status }), request.status)),
    );
    request.addEventListener("error", () => reject(noAnswer()));
    request.addEventListener("abort", () => reject(noAnswer()));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    signal.addEventListener("abort", stop);
    request.send(content);
  });
}
