import { useThrottleFn } from "@vueuse/core";
import type { SlipwayProgress } from "../../../../scripts/client/library/types.ts";
import { createSpeedometer } from "./speed.ts";

/** What is happening to a file that is uploaded; `sent` is verified, too. */
export type UploadState = "waiting" | "paused" | "reading" | "sending" | "verifying" | "sent" | "failed";

/** Browsers tell of progress so often that showing all of it takes from the time for sending. */
const SHOWN_MS = 200;
const STATES = { hashing: "reading", uploading: "sending", verifying: "verifying" } as const;

/**
 * Takes what the client library tells of an upload, and passes on what is to be shown: each new state at once, the bytes that
 * were read or sent, and the bytes sent in a second, a few times a second.
 */
export function trackUpload(
  onState: (state: UploadState) => void,
  onBytes: (bytes: number, speed: number) => void,
): (progress: SlipwayProgress) => void {
  let state: UploadState = "waiting";
  const speedAt = createSpeedometer();
  const show = useThrottleFn(
    (of: UploadState, bytes: number) => {
      if (of === state) onBytes(bytes, of === "sending" ? (speedAt(bytes, performance.now()) ?? 0) : 0);
    },
    SHOWN_MS,
    true,
  );
  return ({ phase, bytes }) => {
    if (state === STATES[phase]) return void show(state, bytes);
    state = STATES[phase];
    onState(state);
    onBytes(bytes, 0);
  };
}
