import { z } from "zod";
import { ClientError, EXIT } from "../../client/errors.ts";
import { drain, readText, send } from "../../client/http.ts";
import { ownMachine } from "../../client/own-machine.ts";
import { compareVersions, parseVersion } from "../../../functions/kit/versions.ts";
import type { UpdateSettings } from "./update-config.ts";

/** What packages of agents are: the tarball that `npm run pack` makes. */
const FORMAT = "tgz";

const offer = z.object({
  version: z.string(),
  update_options: z.array(z.object({ type: z.string(), download_url: z.string() })),
});
const answerSchema = z.object({
  update_info: offer.nullish(),
  /** What a device is to go back to whose version was withdrawn. */
  rollback: offer.nullish(),
});

export type Offer = { version: string; url: string };
type Question = { server: string; settings: UpdateSettings; deviceId: string; version: string };

/**
 * Asks the server what this device is to run in place of `version`.
 * @returns undefined where that is the right one
 * @throws ClientError where the server cannot be asked; an AbortError when `signal` fires
 */
export async function findUpdate(question: Question, signal: AbortSignal): Promise<Offer | undefined> {
  const { server, version } = question;
  const answer = await send(addressOf(question), { method: "GET", signal });
  if (answer.status !== 200) {
    drain(answer);
    // A server that has no such software yet.
    if (answer.status === 404) return undefined;
    throw new ClientError(
      EXIT.unavailable,
      "NETWORK",
      `the server answered ${answer.status} to the version check`,
    );
  }
  const parsed = answerSchema.safeParse(parse(await readText(answer)));
  if (!parsed.success)
    throw new ClientError(EXIT.unavailable, "NETWORK", "the server's answer is no version check's");
  const { rollback, update_info: newer } = parsed.data;
  const wanted = rollback ?? newer;
  const full = wanted?.update_options.find(({ type }) => type === "full");
  const read = parseVersion(wanted?.version ?? "");
  if (!full || !read) return undefined;
  const own = parseVersion(version);
  if (own && !rollback && compareVersions(read, own) <= 0) return undefined;
  return { version: read.name, url: new URL(full.download_url, `${server}/`).href };
}

function addressOf({ server, settings, deviceId, version }: Question): URL {
  const url = new URL(`${server}/api/v1/version/check`);
  const asked = {
    software: settings.software,
    channel: settings.channel,
    current_version: version,
    format: FORMAT,
    device_id: deviceId,
    ...ownMachine,
  };
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
