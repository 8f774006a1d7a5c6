import { freshParts } from "./uploads-api.ts";
import type { Part } from "./uploads-api.ts";
import type { Client } from "./client.ts";
import { ClientError, EXIT } from "./errors.ts";

// How many parts the server signs in one answer.
const MAX_PARTS_PER_ANSWER = 100;

/** The signed URLs of an upload's parts. Unknown ones are asked of the server when they are needed. */
export type PartSource = {
  get(number: number): Promise<Part>;
  /** Drops a URL that did not work, so that the next `get` asks for a fresh one. */
  drop(number: number): void;
};

/** `waiting` lists the part numbers still to be sent, in the order of sending. */
export function createPartSource(
  client: Client,
  upload: { upload_id: string; upload_token?: string },
  given: Part[],
  waiting: number[],
): PartSource {
  const known = new Map(given.map((part) => [part.part_number, part]));
  let asking: Promise<void> | undefined;

  async function ask(first: number): Promise<void> {
    const numbers = [first];
    for (const number of waiting) {
      if (numbers.length === MAX_PARTS_PER_ANSWER) break;
      if (number > first && !known.has(number)) numbers.push(number);
    }
    for (const part of await freshParts(client, upload, numbers)) known.set(part.part_number, part);
  }

  return {
    async get(number) {
      if (!known.has(number) && asking !== undefined) await asking;
      if (!known.has(number)) {
        asking = ask(number).finally(() => {
          asking = undefined;
        });
        await asking;
      }
      const part = known.get(number);
      if (part === undefined) {
        throw new ClientError(
          EXIT.unavailable,
          "NOT_SLIPWAY",
          `The server did not sign a URL for part ${number}: run the command again.`,
        );
      }
      return part;
    },
    drop(number) {
      known.delete(number);
    },
  };
}
