import type { Retry } from "../client.ts";
import type { SlipwayProgress, SlipwayUploadOptions } from "./types.ts";

export type Teller = {
  tell: (phase: SlipwayProgress["phase"], bytes: number) => void;
  /** Something fails and is tried again; nothing, once there was an answer. */
  retry: (retry: Retry | undefined) => void;
};

/** Tells of an upload's progress, and with it of what fails meanwhile. */
export function createTeller(total: number, onProgress: SlipwayUploadOptions["onProgress"]): Teller {
  let now: SlipwayProgress = { phase: "uploading", bytes: 0, total };
  return {
    tell(phase, bytes) {
      now = { ...now, phase, bytes };
      onProgress?.(now);
    },
    retry(retry) {
      const { retry: before, ...rest } = now;
      const { min, max } = Math;
      now = !retry
        ? rest
        : {
            ...rest,
            retry: {
              since: min(retry.since, before?.since ?? retry.since),
              until: max(retry.until, before?.until ?? 0),
            },
          };
      onProgress?.(now);
    },
  };
}
