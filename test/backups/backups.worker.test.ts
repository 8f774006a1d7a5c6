import { describe, expect, test } from "vitest";
import { signedInSuite } from "../support/auth-suite.ts";
import { bearer, newAccount } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { uniqueKey } from "../support/client-keys.ts";
import { newBytes, putAll, sha256Of, type CreatedUpload, type UploadStatus } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";
import {
  backupForm,
  backupsOf,
  expectRefusal,
  keep,
  newUserKey,
  sendBackup,
  type BackupList,
  type Result,
} from "./backups.ts";

const stack = sharedStack();

signedInSuite(
  () => stack,
  [
    { method: "GET", path: "/api/backups/list-all", needs: "admin", expectError: expectRefusal },
    {
      method: "POST",
      path: "/api/backups/delete",
      body: { user_key: "nobody", id: 1 },
      needs: "admin",
      expectError: expectRefusal,
    },
  ],
);

const download = (user_key: string, id: unknown) =>
  stack.request("/api/backups/download", { json: { user_key, id } });

test("an upload is answered with the backup as documented, and listed, newest first", async () => {
  const user_key = newUserKey();
  const bytes = newBytes(3000);
  const form = backupForm({ user_key, description: "settings" }, bytes);
  const { body } = await sendBackup(stack, form, { headers: { "accept-language": "zh-CN" } });
  expect(body).toEqual({
    success: true,
    message: "备份文件上传成功",
    data: {
      id: expect.any(Number),
      user_key,
      backup_type: "program",
      plugin_name: "",
      file_name: "my data.zip",
      file_path: expect.stringMatching(
        new RegExp(`^objects/${sha256Of(bytes)}/upl_[0-9a-z]{26}/backup.zip$`),
      ),
      file_size: 3000,
      file_hash: sha256Of(bytes),
      description: "settings",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
    },
  });
  const second = await keep(stack, { user_key, backup_type: "plugin" }, newBytes(), "plugins.zip");
  expect(second).toMatchObject({ backup_type: "plugin", description: "", file_name: "plugins.zip" });
  expect(await backupsOf(stack, user_key)).toEqual([second, body.data]);
  expect(await backupsOf(stack, newUserKey())).toEqual([]);
});

test("an administrator lists the backups of all keys", async () => {
  const { token } = await newAccount(stack, "admin");
  const [one, other] = [
    await keep(stack, { user_key: newUserKey() }),
    await keep(stack, { user_key: newUserKey() }),
  ];
  const { body } = await stack.request<Result<BackupList>>("/api/backups/list-all", {
    headers: bearer(token),
  });
  expect(body.success).toBe(true);
  expect(body.data.total).toBe(body.data.backups.length);
  const ours = body.data.backups.filter(({ id }) => id === one.id || id === other.id);
  expect(ours).toEqual([other, one]);
});

test("a download redirects a POST to the bytes, under the documented name", async () => {
  const user_key = newUserKey();
  const bytes = newBytes(5000);
  const kept = await keep(stack, { user_key }, bytes, "old.tar.gz");
  const zip = await keep(stack, { user_key, backup_type: "plugin" }, bytes);
  const answer = await download(user_key, kept.id);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const url = new URL(answer.headers.get("location") ?? "", stack.url);
  const moment = kept.created_at.replace(/[-:]/g, "").replace("T", "_").slice(0, 15);
  expect(url.searchParams.get("response-content-disposition")).toBe(
    `attachment; filename="backup_program_${moment}.tar.gz"`,
  );
  const followed = await fetch(new URL("/api/backups/download", stack.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user_key, id: zip.id }),
  });
  expect(followed.status).toBe(200);
  expect(followed.headers.get("content-type")).toBe("application/octet-stream");
  expect(followed.headers.get("content-disposition")).toMatch(
    /^attachment; filename="backup_plugin_\d{8}_\d{6}\.zip"$/,
  );
  expect(sha256Of(new Uint8Array(await followed.arrayBuffer()))).toBe(sha256Of(bytes));
});

test("whoever has another key has no backup, also with the right id; a deleted one is gone", async () => {
  const { token } = await newAccount(stack, "admin");
  const remove = (user_key: string, id: number) =>
    stack.request<Result<null>>("/api/backups/delete", { json: { user_key, id }, headers: bearer(token) });
  const user_key = newUserKey();
  const { id } = await keep(stack, { user_key });
  const others = await keep(stack, { user_key: newUserKey() });
  for (const [key, of] of [
    [newUserKey(), id],
    [user_key, others.id],
    [user_key, 0],
    [user_key, Number.MAX_SAFE_INTEGER],
  ] as const) {
    expectRefusal(await download(key, of), 404, /There is no such backup/);
    expectRefusal(await remove(key, of), 404, /There is no such backup/);
  }
  expect((await remove(user_key, id)).body).toEqual({
    success: true,
    message: "Backup deleted",
    data: null,
  });
  expectRefusal(await download(user_key, id), 404);
  expectRefusal(await remove(user_key, id), 404);
  expect(await backupsOf(stack, user_key)).toEqual([]);
});

test("the plugin that a backup is of is kept in the client's words", async () => {
  const user_key = newUserKey();
  const kept = await keep(stack, { user_key, backup_type: "plugin", plugin_name: "com.example.剪贴板" });
  expect(kept.plugin_name).toBe("com.example.剪贴板");
  expect(await backupsOf(stack, user_key)).toEqual([kept]);
  expectRefusal(await sendBackup(stack, backupForm({ user_key, plugin_name: "a\tb" })), 422, /plugin_name/);
  expectRefusal(await sendBackup(stack, backupForm({ user_key, plugin_name: "a".repeat(257) })), 422);
});

describe("whoever knows the key", () => {
  const remove = (id: unknown, json: unknown) =>
    stack.request<{ detail: string; error_code: string }>(`/api/v1/backups/${String(id)}`, {
      method: "DELETE",
      json,
    });

  test("deletes a backup, once", async () => {
    const user_key = uniqueKey("用户@example.com");
    const [first, second] = [await keep(stack, { user_key }), await keep(stack, { user_key })];
    const deleted = await remove(first.id, { user_key });
    expect({ status: deleted.status, text: deleted.text }).toEqual({ status: 204, text: "" });
    expect(await backupsOf(stack, user_key)).toEqual([second]);
    const again = await remove(first.id, { user_key });
    expect([again.status, again.body.error_code]).toEqual([404, "BACKUP_NOT_FOUND"]);
    const [row] = await execute(stack, "SELECT * FROM audit WHERE action = 'backup.delete' AND target = ?", [
      String(first.id),
    ]);
    expect(row).toBeDefined();
    expect(JSON.stringify(row)).not.toContain(user_key);
  });

  test("deletes none of another key, and nothing by a request that is wrong", async () => {
    const user_key = newUserKey();
    const { id } = await keep(stack, { user_key });
    for (const [of, json, status, code] of [
      [id, { user_key: newUserKey() }, 404, "BACKUP_NOT_FOUND"],
      [id, {}, 400, "MISSING_PARAMETER"],
      [id, { user_key: "" }, 400, "VALIDATION_ERROR"],
      [id, { user_key: null }, 400, "VALIDATION_ERROR"],
      ["x", { user_key }, 400, "VALIDATION_ERROR"],
      [0, { user_key }, 400, "VALIDATION_ERROR"],
    ] as const) {
      const answer = await remove(of, json);
      expect({ of, json, status: answer.status, code: answer.body.error_code }).toEqual({
        of,
        json,
        status,
        code,
      });
    }
    expect(await backupsOf(stack, user_key)).toHaveLength(1);
  });
});

test("a signed upload becomes a backup, and what can be refused is refused before a byte is sent", async () => {
  const user_key = newUserKey();
  const bytes = newBytes(4000);
  const json = (fields: unknown) => ({
    kind: "backup",
    filename: "state.7z",
    size: bytes.length,
    sha256: sha256Of(bytes),
    backup: fields,
  });
  const begin = (fields: unknown) =>
    stack.request<CreatedUpload & { error_code?: string }>("/api/v1/uploads", { json: json(fields) });
  for (const fields of [undefined, {}, { backup_type: "program" }]) {
    expect((await begin(fields)).body.error_code).toBe("MISSING_PARAMETER");
  }
  for (const fields of [
    { user_key: "not a\nkey", backup_type: "program" },
    { user_key, backup_type: "all" },
    { user_key, backup_type: "plugin", description: "\ud800" },
  ]) {
    expect((await begin(fields)).body.error_code).toBe("VALIDATION_ERROR");
  }
  const { body: upload, status, text } = await begin({ user_key, backup_type: "plugin", description: "x" });
  expect(status, text).toBe(201);
  await putAll(upload, bytes);
  const done = await stack.request<UploadStatus>(`/api/v1/uploads/${upload.upload_id}/complete`, {
    json: {},
    headers: bearer(upload.upload_token),
  });
  expect(done.body).toMatchObject({ state: "ready" });
  expect(await backupsOf(stack, user_key)).toEqual([done.body.result]);
  expect(done.body.result).toMatchObject({
    user_key,
    file_name: "state.7z",
    backup_type: "plugin",
    file_hash: sha256Of(bytes),
  });
});
