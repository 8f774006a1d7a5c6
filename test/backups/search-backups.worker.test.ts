import { expect, test } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { newBytes, sha256Of } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";
import { keep, newUserKey, type Backup } from "./backups.ts";

const stack = sharedStack();

type Page = { items: Backup[]; total: number };

test("administrators list the backups of all keys in pages, the newest first; others do not", async () => {
  const user_key = newUserKey();
  const older = await keep(stack, { user_key });
  const newer = await keep(stack, { user_key, backup_type: "plugin", plugin_name: "com.example.a" });
  const headers = bearer((await newAccount(stack, "admin")).token);
  const list = async (query: string) =>
    (await stack.request<Page>(`/api/v1/backups?${query}`, { headers })).body;

  const all = await list("page_size=100");
  const ids = all.items.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  expect(all.items).toEqual(expect.arrayContaining([older, newer]));
  expect((await list("page_size=1")).items).toHaveLength(1);
  const plugins = await list("page_size=100&backup_type=plugin");
  expect(new Set(plugins.items.map(({ backup_type }) => backup_type))).toEqual(new Set(["plugin"]));
  expect(plugins.total).toBeLessThan(all.total);

  const user = bearer((await newAccount(stack)).token);
  expect((await stack.request("/api/v1/backups", { headers: user })).status).toBe(403);
  expect((await stack.request("/api/v1/backups")).status).toBe(401);
  expect((await stack.request("/api/v1/backups?backup_type=none", { headers })).status).toBe(400);
});

test("a link leads whoever knows the key to the backup's bytes", async () => {
  const [user_key, bytes] = [newUserKey(), newBytes()];
  const { id } = await keep(stack, { user_key }, bytes);
  const link = (json: unknown) => stack.request<{ url: string }>("/api/v1/backups/link", { json });

  const { status, body, headers } = await link({ user_key, id });
  expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  const file = await fetch(body.url);
  expect(file.headers.get("content-disposition")).toContain("backup_program_");
  expect(sha256Of(new Uint8Array(await file.arrayBuffer()))).toBe(sha256Of(bytes));

  expect((await link({ user_key: newUserKey(), id })).status).toBe(404);
  expect((await link({ id })).status).toBe(400);
});
