import { eq, sql } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { audited } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import type { Deps } from "../core/deps.ts";
import { newId } from "../kit/ids.ts";
import { perIsolate } from "../core/isolate.ts";
import { accountKey, lookKey } from "./names.ts";
import { hashPassword } from "./sign-in/passwords.ts";

const takenNames = refusals({
  "users.username_key": "taken",
  "users.look_key": "taken",
  "users.email_key": "taken",
});

const stateOf = perIsolate(() => ({ exists: false }));

/** Whether a key is one of the names that the settings give the first administrator. */
export const isFirstAdministrator = ({ config }: Deps, key: string) =>
  key === accountKey(config.ADMIN_USERNAME) || key === accountKey(config.ADMIN_EMAIL);

/**
 * Makes the administrator whom the settings name, unless there is an administrator already. Several runs at once make one.
 */
export async function ensureFirstAdministrator(ctx: Ctx): Promise<void> {
  const { config, db, clock, log } = ctx.deps;
  const state = stateOf(ctx.deps);
  if (state.exists || config.ADMIN_PASSWORD === undefined) return;
  const [known] = await db.read((q) =>
    q.select({ id: users.id }).from(users).where(eq(users.role, "admin")).limit(1),
  );
  if (!known) {
    const [id, now] = [newId("usr", clock()), clock()];
    const passwordHash = await hashPassword(ctx.deps, config.ADMIN_PASSWORD);
    const { ADMIN_USERNAME: username, ADMIN_EMAIL: email } = config;
    const names = sql`${username}, ${accountKey(username)}, ${lookKey(username)}, ${email}, ${accountKey(email)}`;
    const outcome = await db.tryWrite((q) => {
      const change = q.insert(users).select(sql`
        SELECT ${id}, ${names}, '', ${passwordHash}, 'admin', 1, 0, ${now}, NULL
        WHERE NOT EXISTS (SELECT 1 FROM ${users} WHERE ${users.role} = 'admin')`);
      return audited(ctx, q, change, { action: "user.first_admin", target: id, actor: "system", at: now });
    }, takenNames);
    if (outcome.refused) {
      log.error("the first administrator's name or mail address is somebody else's", {
        error: outcome.cause,
      });
      return;
    }
  }
  state.exists = true;
}
