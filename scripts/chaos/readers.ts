import { createHash } from "node:crypto";
import { ask, isTransient } from "./request.ts";
import type { Answer } from "./request.ts";
import { count, pause, violation } from "./world.ts";
import type { Publication, PublishingWorld } from "./world.ts";

const BETWEEN_MS = 50;
const DOWNLOAD_MS = 60_000;
const BURST = 80;
const BETWEEN_BURSTS_MS = 4000;

/** Downloads acknowledged publications, again and again. A complete body must have the right bytes. */
export async function download(world: PublishingWorld): Promise<void> {
  while (!world.over.aborted) {
    const published = world.publications.filter((one) => one.downloadUrl !== undefined);
    const one = published[Math.floor(Math.random() * published.length)];
    if (one) await checkDownload(world, one);
    await pause(BETWEEN_MS);
  }
}

/**
 * Downloads one acknowledged publication.
 * @returns whether the whole file came; false only means that the server or the bucket was away
 */
export async function checkDownload(world: PublishingWorld, publication: Publication): Promise<boolean> {
  const { version, downloadUrl, sha256 } = publication;
  const redirect = await ask(`${world.url}${downloadUrl}`);
  if (isTransient(redirect)) return false;
  const location = redirect.headers.get("location");
  if (redirect.status !== 302 || !location) {
    violation(world, `${version} was acknowledged and its download answers ${redirect.status}`);
    return true;
  }
  const hash = createHash("sha256");
  let status: number;
  try {
    const answer = await fetch(new URL(location, world.url), {
      headers: { connection: "close" },
      signal: AbortSignal.timeout(DOWNLOAD_MS),
    });
    status = answer.status;
    for await (const chunk of answer.body ?? []) hash.update(chunk);
  } catch {
    count(world, "downloads cut off");
    return false;
  }
  if (status >= 500) return false;
  if (status !== 200) violation(world, `${version}: the bucket answers ${status}`);
  else if (hash.digest("hex") !== sha256) violation(world, `${version} has other bytes than were published`);
  else count(world, "downloads whole");
  return true;
}

/** Checks for updates, again and again. Each answer must be an update or a plain "not now". */
export async function checkVersions(world: PublishingWorld): Promise<void> {
  while (!world.over.aborted) {
    const anyPublished = world.publications.some((one) => one.state === "published");
    const answer = await ask(`${world.url}/api/v1/version/check?current_version=0.0.1`);
    judge(world, answer, anyPublished);
    await pause(BETWEEN_MS);
  }
}

/** Now and then sends checks from very many clients at once, each with a question that no cache can answer. */
export async function checkInBursts(world: PublishingWorld): Promise<void> {
  for (let burst = 0; !world.over.aborted; burst++) {
    const asked = Array.from({ length: BURST }, (_, client) =>
      ask(`${world.url}/api/v1/version/check?current_version=0.0.1&channel=burst${burst}x${client}`),
    );
    const anyPublished = world.publications.some((one) => one.state === "published");
    for (const answer of await Promise.all(asked)) judge(world, answer, anyPublished);
    await pause(BETWEEN_BURSTS_MS);
  }
}

function judge(world: PublishingWorld, answer: Answer | null, anyPublished: boolean): void {
  if (answer === null) return count(world, "checks unanswered");
  count(world, `checks answered ${answer.status}`);
  // A 500 without an error code is the runtime's: it ended the request, and no log says why.
  const bare = answer.status >= 500 && answer.status !== 503 && answer.body.error_code === undefined;
  const refused = answer.status >= 400 && answer.status < 500;
  const wrong = refused && !(answer.status === 404 && !anyPublished);
  if (bare || wrong)
    violation(world, `a version check answers ${answer.status} ${JSON.stringify(answer.body)}`);
}
