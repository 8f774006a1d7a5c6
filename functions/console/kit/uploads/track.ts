import { useThrottleFn } from "@vueuse/core";
import type { SlipwayProgress } from "../../../../scripts/client/library/types.ts";
import { createSpeedometer } from "./speed.ts";

/** Since when something fails, and until when it is tried again. Milliseconds since 1970. */
export type Retry = NonNullable<SlipwayProgress["retry"]>;

/** What is happening to a file that is uploaded; `sent` is verified, too. */
export type UploadState = "waiting" | "paused" | "reading" | "sending" | "verifying" | "sent" | "failed";

/** Browsers tell of progress so often that showing all of it takes from the time for sending. */
const SHOWN_MS = 200;
const STATES = { hashing: "reading", uploading: "sending", verifying: "verifying" } as const;

/**
 * Takes what the client library tells of an upload, and passes on what is to be shown: each new state at once, the bytes that
 * were read or sent, and the bytes sent in a second, a few times a second, and what fails and is tried again.
 */
export function trackUpload(
  onState: (state: UploadState) => void,
  onBytes: (bytes: number, speed: number, retry?: Retry) => void,
): (progress: SlipwayProgress) => void {
  let state: UploadState = "waiting";
  const speedAt = createSpeedometer();
  const show = useThrottleFn(
    (of: UploadState, bytes: number, retry?: Retry) => {
      if (of !== state) return;
      const speed = of === "sending" ? (speedAt(bytes, performance.now()) ?? 0) : 0;
      onBytes(bytes, retry ? 0 : speed, retry);
    },
    SHOWN_MS,
    true,
  );
  return ({ phase, bytes, retry }) => {
    if (state === STATES[phase]) return void show(state, bytes, retry);
    state = STATES[phase];
    onState(state);
    onBytes(bytes, 0, retry);
  };
}
