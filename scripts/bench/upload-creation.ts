import { randomBytes } from "node:crypto";
import type { Target } from "./bench-stack.ts";
import type { Figure } from "./figure.ts";

const UPLOADS = 30;

/**
 * Measures how long it takes to create a signed upload of `size` bytes, with its multipart upload and the URLs of its
 * parts.
 * @returns the figure in milliseconds, and the part size that the server chose, in bytes
 */
export async function measureCreation(
  stack: Target,
  size: number,
): Promise<{ perUpload: Figure; partSize: number }> {
  const times: number[] = [];
  let partSize = size;
  for (let upload = 0; upload < UPLOADS; upload++) {
    const startedAt = performance.now();
    const created = await create(stack, `9.0.${upload}`, size);
    times.push(performance.now() - startedAt);
    partSize = created.part_size;
    await fetch(`${stack.url}/api/v1/uploads/${created.upload_id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${created.upload_token}` },
    });
  }
  const parts = Math.ceil(size / partSize);
  return { perUpload: { what: `creating an upload of ${parts} parts`, unit: "ms", rounds: times }, partSize };
}

type Created = { upload_id: string; upload_token: string; part_size: number };

async function create(stack: Target, version: string, size: number): Promise<Created> {
  const answer = await fetch(`${stack.url}/api/v1/uploads`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": stack.settings.API_KEY ?? "" },
    body: JSON.stringify({
      kind: "package",
      filename: "package.zip",
      size,
      sha256: randomBytes(32).toString("hex"),
      package: { version, package_type: "full" },
    }),
  });
  if (answer.status !== 201) throw new Error(`creating an upload: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Created;
}
