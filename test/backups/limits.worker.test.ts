import { expect, test } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";
import { newBytes, sha256Of } from "../support/publish.ts";
import { backupForm, backupsOf, expectRefusal, keep, newUserKey, sendBackup } from "./backups.ts";

const COUNT = 5;
const BYTES = 10_000;
const stack = ownStack({
  BACKUPS_PER_KEY: String(COUNT),
  BACKUP_BYTES_PER_KEY: String(BYTES),
  MAX_BACKUP_BYTES: "500000",
  QUERIES_PER_MINUTE: "4",
});

const stored = async () => {
  const [row] = await execute(stack(), "SELECT bytes FROM usage WHERE category = 'backup'");
  return Number(row?.bytes);
};

const beginSigned = (user_key: string, size: number) =>
  stack().request<{ error_code?: string; detail?: string }>("/api/v1/uploads", {
    json: {
      kind: "backup",
      filename: "b.zip",
      size,
      sha256: sha256Of(newBytes()),
      backup: { user_key, backup_type: "program" },
    },
  });

test("of twenty uploads at the same moment a key keeps as many as it may have", async () => {
  const user_key = newUserKey();
  const sent = Array.from({ length: 20 }, () => sendBackup(stack(), backupForm({ user_key }, newBytes(100))));
  const answers = await Promise.all(sent);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(COUNT);
  for (const answer of answers.filter(({ status }) => status !== 200))
    expectRefusal(answer, 409, /all 5 backups.*Delete one.*slipway backup delete/);
  const [kept] = await backupsOf(stack(), user_key);
  expect(await backupsOf(stack(), user_key)).toHaveLength(COUNT);
  expect((await beginSigned(user_key, 100)).body.error_code).toBe("BACKUP_LIMIT_EXCEEDED");
  const freed = await stack().request(`/api/v1/backups/${kept?.id}`, {
    method: "DELETE",
    json: { user_key },
  });
  expect(freed.status).toBe(204);
  await keep(stack(), { user_key });
  await keep(stack(), { user_key: newUserKey() });
});

test("of twenty uploads at the same moment a key keeps as many as have room", async () => {
  const user_key = newUserKey();
  const form = () => backupForm({ user_key }, newBytes(3000));
  const answers = await Promise.all(Array.from({ length: 20 }, () => sendBackup(stack(), form())));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  for (const answer of answers.filter(({ status }) => status !== 200))
    expectRefusal(answer, 507, /10000 bytes/);
  expectRefusal(await sendBackup(stack(), backupForm({ user_key }, newBytes(1001))), 507);
  for (const size of [1001, 400_000])
    expect((await beginSigned(user_key, size)).body.error_code).toBe("BACKUP_QUOTA_EXCEEDED");
  await keep(stack(), { user_key }, newBytes(1000));
  const reserved = await execute(stack(), "SELECT bytes FROM usage WHERE category = 'reserved'");
  expect(Number(reserved[0]?.bytes)).toBe(0);
});

test("identical bytes are stored and counted once, until nobody has them any more", async () => {
  const { token } = await newAccount(stack(), "admin");
  const before = await stored();
  const bytes = newBytes(2000);
  const refs = async () => {
    const rows = await execute(stack(), "SELECT refs FROM blobs WHERE sha256 = ?", [sha256Of(bytes)]);
    return rows.map((row) => Number(row.refs));
  };
  const [mine, theirs] = [
    await keep(stack(), { user_key: newUserKey() }, bytes, "a.zip"),
    await keep(stack(), { user_key: newUserKey() }, bytes, "b.dat"),
  ];
  expect(mine.file_path).toBe(theirs.file_path);
  expect(await refs()).toEqual([2]);
  expect(await stored()).toBe(before + 2000);
  const remove = ({ user_key, id }: typeof mine) =>
    stack().request("/api/backups/delete", { json: { user_key, id }, headers: bearer(token) });
  expect((await remove(mine)).status).toBe(200);
  expect(await refs()).toEqual([1]);
  expect(await stored()).toBe(before + 2000);
  expect((await remove(theirs)).status).toBe(200);
  expect(await refs()).toEqual([0]);
  expect(await stored()).toBe(before);
  const rows = await execute(
    stack(),
    "SELECT actor, target, detail FROM audit WHERE action LIKE 'backup.%' ORDER BY id DESC LIMIT 2",
  );
  expect(rows[0]?.target).toBe(String(theirs.id));
  expect(JSON.stringify(rows)).not.toContain(theirs.user_key);
});

test("nightly reconciliation knows the references of backups", async () => {
  const bytes = newBytes(500);
  const kept = await keep(stack(), { user_key: newUserKey() }, bytes);
  await stack().runCron("17 3 * * *");
  const rows = await execute(stack(), "SELECT refs FROM blobs WHERE object_key = ?", [kept.file_path]);
  expect(rows.map((row) => Number(row.refs))).toEqual([1]);
  const repaired = (await stack().logs()).filter(({ event }) => /set right/.test(String(event)));
  expect(repaired).toEqual([]);
});

test("a file above the limit is 413", async () => {
  const user_key = newUserKey();
  expectRefusal(await sendBackup(stack(), backupForm({ user_key }, newBytes(500_001))), 413, /500000/);
  const signed = await beginSigned(user_key, 500_001);
  expect({ status: signed.status, code: signed.body.error_code }).toEqual({
    status: 413,
    code: "FILE_TOO_LARGE",
  });
});

test("an address has its uploads a minute, and is told when to come back", async () => {
  const headers = { "cf-connecting-ip": "192.0.2.7" };
  const answers = [];
  // A minute may turn meanwhile: of nine, one of the two has more than four.
  for (let index = 0; index < 9; index++)
    answers.push(await sendBackup(stack(), backupForm({}), { headers }));
  const refused = answers.find(({ status }) => status === 429);
  if (!refused) throw new Error("nothing was refused");
  expectRefusal(refused, 429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});
