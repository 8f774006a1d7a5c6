import type { Client } from "./client.ts";
import { wait } from "./retry.ts";
import { getUpload } from "./uploads-api.ts";
import type { Progress } from "./uploads-api.ts";

/** Most verifications are over within the first few polls, so these come quickly: a longer interval would be time lost. */
const FIRST_POLL_MS = 100;
const QUICK_POLLS = 20;
const LONGEST_POLL_MS = 2_000;

/** Polls until an upload is no longer `verifying`. @returns its last state, whatever that is */
export async function untilVerified(
  client: Client,
  upload: { upload_id: string; upload_token?: string },
  first: Progress,
  options: { signal: AbortSignal; onVerified: (bytes: number) => void },
): Promise<Progress> {
  let progress = first;
  let pause = FIRST_POLL_MS;
  for (let polls = 1; progress.state === "verifying"; polls++) {
    options.onVerified(progress.bytes_verified ?? 0);
    await wait(pause, options.signal);
    if (polls >= QUICK_POLLS) pause = Math.min(LONGEST_POLL_MS, pause * 1.3);
    progress = await getUpload(client, upload);
  }
  return progress;
}
