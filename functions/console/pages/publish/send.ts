import { queryClient } from "../../api/query-client.ts";
import { form } from "./form.ts";
import { giveUp } from "./give-up.ts";
import { makeVisible } from "./make-visible.ts";
import { publication, withoutFile, type Item, type Publication } from "./publication.ts";
import type { Refusal } from "./refusal.ts";
import { sendItem } from "./send-item.ts";

/** So many files are on their way at once: one is verified while another is sent. */
const FILES_AT_ONCE = 2;
/** Ends the sending where somebody pauses it. */
let stop = new AbortController();
/** What was begun before has to have ended before the same files are sent again. */
let ending: Promise<unknown> = Promise.resolve();

/** Sends what is not sent yet, then publishes it unless it is to stay a draft. */
export async function send(): Promise<void> {
  const now = publication.now;
  if (!now || withoutFile(now).length > 0) return;
  await ending;
  stop = new AbortController();
  const { signal } = stop;
  now.state = "sending";
  delete now.problem;
  for (const item of now.items) if (item.state !== "sent") item.state = "waiting";
  const sending = Promise.all(Array.from({ length: FILES_AT_ONCE }, () => sendSome(now, signal)));
  ending = sending;
  const back = (await sending).find((one) => one !== undefined);
  if (back) return backToForm(now, back);
  if (signal.aborted) return;
  if (now.items.some(({ state }) => state !== "sent")) now.state = "paused";
  else if (now.isDraft) now.state = "drafted";
  else await makeVisible(now, false);
  await queryClient.invalidateQueries();
}

/** Pauses: what is on its way ends at once, and parts that were sent stay sent. */
export function pause(): void {
  const { now } = publication;
  if (now) now.state = "paused";
  for (const item of now?.items ?? []) {
    if (item.state !== "sent" && item.state !== "failed") item.state = "paused";
  }
  stop.abort();
}

/** Pauses, and waits until nothing is on its way any more. */
export async function stopSending(): Promise<void> {
  pause();
  await ending;
}

type Back = { item: Item; refusal: Refusal };

/** @returns what has to be corrected in the form, where that is there */
async function sendSome(now: Publication, signal: AbortSignal): Promise<Back | undefined> {
  for (;;) {
    const item = now.items.find((one) => one.state === "waiting" && isReady(now, one));
    if (!item || signal.aborted) return undefined;
    const refusal = await sendItem(now, item, signal);
    if (!refusal || !form.found || signal.aborted) continue;
    stop.abort();
    return { item, refusal };
  }
}

/** A companion is sent once its package is there. */
const isReady = ({ items }: Publication, { of }: Item) =>
  of === undefined || items.find(({ id }) => id === of)?.state === "sent";

/** What is refused is corrected where it was filled in, and nothing of it stays. */
async function backToForm(now: Publication, { item, refusal }: Back) {
  const { path, name, of } = item;
  const problem = of === undefined ? refusal.problem : `${name}: ${refusal.problem}`;
  publication.now = null;
  form.refused = { path, ...refusal, problem };
  await giveUp(now);
}
