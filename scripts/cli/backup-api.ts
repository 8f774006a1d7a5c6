import { z } from "zod";
import { ask } from "../client/ask.ts";
import type { Client } from "../client/client.ts";
import { ClientError, EXIT, exitCodeOf } from "../client/errors.ts";
import { drain } from "../client/http.ts";

/** All fields but the user key, which is never shown. */
export const Backup = z.object({
  id: z.int(),
  backup_type: z.string(),
  file_name: z.string(),
  file_size: z.int().nonnegative(),
  file_hash: z.string().regex(/^[0-9a-f]{64}$/),
  description: z.string(),
  created_at: z.string(),
});
export type Backup = z.infer<typeof Backup>;

const List = z.object({ data: z.object({ backups: z.array(Backup) }) });

/** The backups of a key, newest first. */
export async function listBackups(client: Client, user_key: string): Promise<Backup[]> {
  const answer = await ask(client, List, "POST", "/api/backups/list", { json: { user_key }, key: "never" });
  return answer.data.backups;
}

/** Deletes a backup of a key. */
export async function deleteBackup(client: Client, user_key: string, id: number): Promise<void> {
  const json = { user_key };
  await ask(client, z.unknown(), "DELETE", `/api/v1/backups/${id}`, { json, key: "never" });
}

/** Where a backup's bytes are, for some hours. */
export async function locateBackup(client: Client, user_key: string, id: number): Promise<URL> {
  const json = { user_key, id };
  const answer = await client.raw("POST", "/api/backups/download", { json, key: "never" });
  drain(answer);
  const { location } = answer.headers;
  if (answer.status === 303 && location !== undefined) return new URL(location, client.url);
  const told = `The server answered ${answer.status} to the download of backup ${id}.`;
  const exit = answer.status < 300 ? EXIT.unavailable : exitCodeOf(answer.status, "");
  throw new ClientError(exit, `HTTP_${answer.status}`, told, {
    hint: "Try again; the same command resumes.",
  });
}
