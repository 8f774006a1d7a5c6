import { expect, test } from "vitest";
import { describeNameLooks } from "../../functions/accounts/name-looks.ts";
import { registerUser, updateCurrentUser } from "../../functions/accounts/users.ts";
import type { UserActor } from "../../functions/core/context.ts";
import { useDomain, type Domain } from "../support/domain.ts";

const openDomain = useDomain();

/** Accounts as they were before their looks were compared. */
async function olderAccounts(domain: Domain, names: string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    await domain.rows({
      sql: `INSERT INTO users (id, username, username_key, email, email_key, full_name, password_hash, role, is_active, created_at)
        VALUES (?, ?, ?, ?, ?, '', '', 'user', 1, 0)`,
      args: [`usr_${String(index).padStart(4, "0")}`, name, name.toLowerCase(), `${index}@a`, `${index}@a`],
    });
  }
}

const register = (domain: Domain, username: string) =>
  registerUser(domain.ctx, {
    username,
    email: `${crypto.randomUUID()}@example.com`,
    password: "password123",
  });

test("accounts that are older than the comparison keep their names, and nobody gets one like theirs", async () => {
  const domain = await openDomain();
  const many = Array.from({ length: 150 }, (_, index) => `older-${index * 7 + 2222}`);
  await olderAccounts(domain, ["alice", "a1ice", ...many]);
  await describeNameLooks(domain.ctx);
  await describeNameLooks(domain.ctx);
  const rows = await domain.rows<{ look_key: string | null }>("SELECT look_key FROM users");
  expect(new Set(rows.map(({ look_key }) => look_key)).size).toBe(152);
  expect(rows.map(({ look_key }) => look_key)).not.toContain(null);
  await expect(register(domain, "aIice")).rejects.toThrow("USERNAME_LOOKS_TAKEN");
  await expect(register(domain, "0lder-2222")).rejects.toThrow("USERNAME_LOOKS_TAKEN");

  const actor: UserActor = { type: "user", id: "usr_0001", username: "a1ice", role: "user", sessionKey: "" };
  const changed = await updateCurrentUser(
    { ...domain.ctx, actor },
    { username: "a1ice", full_name: "Ali Ce" },
  );
  expect(changed).toMatchObject({ username: "a1ice", full_name: "Ali Ce" });
});

test("twenty registrations of one look at once make one account", async () => {
  const domain = await openDomain();
  const looks = ["Bobby", "B0bby"];
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => register(domain, looks[index % 2] ?? "")),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await domain.rows("SELECT username FROM users")).toHaveLength(1);
});
