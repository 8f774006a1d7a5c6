import { shorten } from "../../../functions/kit/text.ts";
import { drain, send } from "../../client/http.ts";

/** Characters of a message that servers keep. */
const MOST_MESSAGE = 500;
/** Nothing waits for an answer for longer. */
const PATIENCE_MS = 10_000;

export type Signal = {
  software: string;
  device_id: string;
  version: string;
  event: "installed" | "started" | "failed";
  from_version: string;
  message?: string;
};

/** Tells the server how an update went. Whether that arrives changes nothing. */
export async function sendSignal(server: string, signal: Signal): Promise<void> {
  const { message, ...rest } = signal;
  const body = message === undefined ? rest : { ...rest, message: shorten(message, MOST_MESSAGE) };
  try {
    const answer = await send(`${server}/api/v1/signals`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    drain(answer);
  } catch {
    // The server counts without it.
  }
}
