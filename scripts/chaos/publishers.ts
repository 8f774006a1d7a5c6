import { randomUUID } from "node:crypto";
import { uniqueContent } from "./content.ts";
import type { Content } from "./content.ts";
import { ask, isTransient } from "./request.ts";
import type { Answer } from "./request.ts";
import { count, pause, violation } from "./world.ts";
import type { Publication, PublishingWorld } from "./world.ts";

/** How long a publisher keeps trying, well beyond any fault of ours. */
const PATIENCE_MS = 90_000;
const RETRY_MS = 300;

type Created = {
  upload_id: string;
  upload_token: string;
  method: "single" | "multipart";
  part_size: number;
  parts: { part_number: number; size: number; url: string; headers: Record<string, string> }[];
};

/** Publishes by signed URLs, again and again, until the run is over. `versions` returns the next version. */
export async function publishSigned(
  world: PublishingWorld,
  size: number,
  versions: () => string,
  alone: boolean,
) {
  while (!world.over.aborted) {
    const content = uniqueContent(size);
    const publication = begin(world, versions(), content);
    const outcome = await signedUpload(world, publication, content);
    settle(world, publication, outcome, alone);
  }
}

/** Publishes by forms, again and again, until the run is over. */
export async function publishForms(world: PublishingWorld, size: number, versions: () => string) {
  while (!world.over.aborted) await publishOneForm(world, versions(), uniqueContent(size));
}

/** Publishes by one form, which is sent again until the server answers. */
export async function publishOneForm(world: PublishingWorld, version: string, content: Content) {
  const publication = begin(world, version, content);
  const outcome = await retried(() => {
    const form = new FormData();
    form.set("version", publication.version);
    form.set("package_type", "full");
    form.set("api_key", world.apiKey);
    form.set("file", new Blob([Uint8Array.from(content.bytes)]), "package.zip");
    return ask(`${world.url}/api/v1/upload/package`, { method: "POST", body: form });
  });
  // A form has no idempotency key. After a lost answer, "exists" may mean that this very form was published.
  if (outcome?.status === 409) count(world, "forms that were there already");
  else settle(world, publication, outcome, true);
}

function begin(world: PublishingWorld, version: string, { sha256, bytes }: Content): Publication {
  const publication: Publication = { version, sha256, size: bytes.length, state: "unknown" };
  world.publications.push(publication);
  return publication;
}

function settle(
  world: PublishingWorld,
  publication: Publication,
  outcome: Answer | null,
  alone: boolean,
): void {
  if (outcome === null) return count(world, "publications without an answer");
  if (outcome.status === 200) {
    const result = (outcome.body.result ?? outcome.body) as { download_url?: string; sha256?: string };
    publication.state = "published";
    publication.downloadUrl = result.download_url;
    if (result.sha256 !== publication.sha256) {
      violation(world, `${publication.version} was acknowledged with SHA-256 ${result.sha256}`);
    }
    return count(world, "publications acknowledged");
  }
  if (outcome.status === 202) {
    publication.state = "accepted";
    return count(world, "publications accepted");
  }
  if (outcome.status === 409 && !alone) {
    publication.state = "lost";
    return count(world, "races lost");
  }
  violation(world, `${publication.version} was refused: ${outcome.status} ${JSON.stringify(outcome.body)}`);
}

async function signedUpload(
  world: PublishingWorld,
  publication: Publication,
  content: Content,
): Promise<Answer | null> {
  const idempotencyKey = randomUUID();
  const created = await retried(() =>
    ask(`${world.url}/api/v1/uploads`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-api-key": world.apiKey,
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify({
        kind: "package",
        filename: "package.zip",
        size: content.bytes.length,
        sha256: content.sha256,
        package: { version: publication.version, package_type: "full" },
      }),
    }),
  );
  if (created?.status !== 201) return created;
  const upload = created.body as unknown as Created;
  if (world.random() < 0.08) {
    count(world, "publishers that gave up");
    return null;
  }
  const etags: { part_number: number; etag: string }[] = [];
  for (const part of upload.parts) {
    const start = (part.part_number - 1) * upload.part_size;
    const body = Uint8Array.from(content.bytes.subarray(start, start + part.size));
    const sent = await retried(() => ask(part.url, { method: "PUT", headers: part.headers, body }));
    if (sent?.status !== 200) return sent;
    etags.push({ part_number: part.part_number, etag: sent.headers.get("etag") ?? "" });
  }
  return complete(world, upload, etags);
}

async function complete(world: PublishingWorld, upload: Created, etags: unknown[]): Promise<Answer | null> {
  const address = `${world.url}/api/v1/uploads/${upload.upload_id}`;
  const headers = { authorization: `Bearer ${upload.upload_token}`, "content-type": "application/json" };
  const body = JSON.stringify(upload.method === "single" ? {} : { parts: etags });
  const completed = await retried(() => ask(`${address}/complete`, { method: "POST", headers, body }));
  if (completed?.status !== 202) return completed;
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until && !world.over.aborted) {
    await pause(RETRY_MS);
    const now = await ask(address, { headers });
    if (now?.status === 200 && now.body.state !== "verifying") {
      return now.body.state === "ready" ? now : { ...now, status: 422 };
    }
  }
  return completed;
}

async function retried(send: () => Promise<Answer | null>): Promise<Answer | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await send();
    if (!isTransient(answer)) return answer;
    if (performance.now() > until) return null;
    await pause(RETRY_MS);
  }
}
