import { expect, test } from "vitest";
import { bearer, fromAnywhere, newAccount } from "../support/accounts.ts";
import { newBytes } from "../support/publish.ts";
import { curlForm } from "../support/raw-form.ts";
import { sharedStack } from "../support/stack.ts";
import { clientKeys, uniqueKey } from "../support/client-keys.ts";
import { backupForm, backupsOf, expectRefusal, keep, newUserKey, sendBackup } from "./backups.ts";

const stack = sharedStack();

test("fields that are missing or wrong are 422, before the file and behind it", async () => {
  const user_key = newUserKey();
  const cases: Record<string, string | undefined>[] = [
    {},
    { user_key: "" },
    { user_key: "has\ttab" },
    { user_key: "x".repeat(257) },
    { user_key, backup_type: undefined },
    { user_key, backup_type: "everything" },
    { user_key, description: "x".repeat(2001) },
  ];
  for (const fields of cases) {
    expectRefusal(await sendBackup(stack, backupForm(fields)), 422);
    const ahead = new FormData();
    const form = backupForm(fields);
    for (const [name, value] of form) if (name !== "file") ahead.append(name, value);
    ahead.append("file", form.get("file") ?? "");
    expectRefusal(await sendBackup(stack, ahead), 422);
  }
  expect(await backupsOf(stack, user_key)).toEqual([]);
});

test("a form without a file and no form at all are 422; an empty file and a path for a name are 400", async () => {
  const user_key = newUserKey();
  const none = new FormData();
  none.append("user_key", user_key);
  none.append("backup_type", "program");
  expectRefusal(await sendBackup(stack, none), 422, /file/);
  expectRefusal(await sendBackup(stack, backupForm({ user_key }, new Uint8Array())), 400, /empty/);
  const { contentType, body } = curlForm([
    { name: "user_key", value: user_key },
    { name: "backup_type", value: "program" },
    { name: "file", fileName: "..", bytes: newBytes() },
  ]);
  const headers = { ...fromAnywhere(), "content-type": contentType };
  expectRefusal(await stack.request("/api/backups/upload", { body, headers }), 400, /file name/);
  expectRefusal(await stack.request("/api/backups/upload", { json: { user_key } }), 422);
  expect(await backupsOf(stack, user_key)).toEqual([]);
});

test("any plain name is taken", async () => {
  const kept = await keep(stack, { user_key: newUserKey() }, newBytes(), "备份 1.dat");
  expect(kept.file_name).toBe("备份 1.dat");
});

test.each(clientKeys)("the key %j is taken, and finds its backups again", async (like) => {
  const user_key = uniqueKey(like);
  const kept = await keep(stack, { user_key });
  expect(kept.user_key).toBe(user_key);
  expect(await backupsOf(stack, user_key)).toEqual([kept]);
  const answer = await stack.request("/api/backups/download", { json: { user_key, id: kept.id } });
  expect(answer.status).toBe(303);
});

test("a JSON body that is no valid question, or no JSON, is 422", async () => {
  const { token } = await newAccount(stack, "admin");
  const headers = bearer(token);
  const user_key = newUserKey();
  const { id } = await keep(stack, { user_key });
  const ask = (verb: string, json: unknown) => stack.request(`/api/backups/${verb}`, { json, headers });
  for (const json of [
    {},
    { user_key: 7 },
    { user_key: null },
    { user_key: "a\nb" },
    { user_key: "\ud800" },
    [],
    "text",
  ]) {
    for (const verb of ["list", "download", "delete"]) expectRefusal(await ask(verb, json), 422);
  }
  for (const wrong of [undefined, null, String(id), 1.5, 2 ** 60, true, [id]]) {
    for (const verb of ["download", "delete"])
      expectRefusal(await ask(verb, { user_key, id: wrong }), 422, /id/);
  }
  const broken = { body: "{", headers: { ...headers, "content-type": "application/json" } };
  expectRefusal(await stack.request("/api/backups/list", broken), 422);
  expect(await backupsOf(stack, user_key)).toHaveLength(1);
});

test("no log line holds a user key", async () => {
  const user_key = newUserKey();
  await keep(stack, { user_key });
  await sendBackup(stack, backupForm({ user_key: `${user_key}!` }));
  await stack.request("/api/backups/download", { json: { user_key, id: "x" } });
  await stack.request(`/api/backups/list?user_key=${user_key}`, { json: { user_key } });
  expect(JSON.stringify(await stack.logs())).not.toContain(user_key);
});
