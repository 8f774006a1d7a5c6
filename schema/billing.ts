import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "./accounts.ts";
import { createdAt, moment, serialId } from "./columns.ts";

export const ledgerKinds = ["recharge", "hold", "release", "charge", "refund", "adjustment"] as const;

/** The sum of a user's ledger in hundredths, moved by a trigger on `ledger`; never negative. */
export const balances = sqliteTable(
  "balances",
  {
    userId: text("user_id")
      .primaryKey()
      .references(() => users.id),
    balance: integer("balance").notNull().default(0),
  },
  (t) => [check("balances_covered", sql`${t.balance} >= 0`)],
);

/** Every movement of money, in hundredths; triggers refuse changes and deletions. */
export const ledger = sqliteTable(
  "ledger",
  {
    id: serialId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    kind: text("kind", { enum: ledgerKinds }).notNull(),
    /** Positive: into the balance. NULL is refused: there is nothing that the amount could be taken from. */
    amount: integer("amount").notNull(),
    /** Chosen by the caller, so that a step that is repeated is written once. */
    key: text("key").notNull().unique(),
    /** The task, recharge code or person that it is about. */
    reference: text("reference").notNull(),
    description: text("description").notNull(),
    actor: text("actor").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("ledger_user").on(t.userId, t.id),
    index("ledger_reference").on(t.reference),
    index("ledger_made").on(t.createdAt, t.id),
  ],
);

/** The sum of the ledger by kind, moved by a trigger. */
export const ledgerTotals = sqliteTable("ledger_totals", {
  kind: text("kind", { enum: ledgerKinds }).primaryKey(),
  amount: integer("amount").notNull().default(0),
});

/**
 * The sum and the number of each user's entries by kind, moved by a trigger, so that lists and statistics need not count.
 */
export const ledgerSums = sqliteTable(
  "ledger_sums",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    kind: text("kind", { enum: ledgerKinds }).notNull(),
    amount: integer("amount").notNull(),
    entries: integer("entries").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
);

/** The last daily check of the ledger; one row. */
export const ledgerChecks = sqliteTable("ledger_checks", {
  id: integer("id").primaryKey(),
  checkedAt: moment("checked_at").notNull(),
  /** What did not add up. */
  problems: integer("problems").notNull(),
});

/** Recharge codes. Only a keyed SHA-256 is stored, and the masked form by which people recognise a code. */
export const rechargeCodes = sqliteTable(
  "recharge_codes",
  {
    id: text("id").primaryKey(),
    hash: text("hash").notNull().unique(),
    masked: text("masked").notNull(),
    /** Hundredths. */
    amount: integer("amount").notNull(),
    description: text("description").notNull(),
    batchId: text("batch_id").notNull(),
    expiresAt: moment("expires_at"),
    maxUses: integer("max_uses").notNull(),
    used: integer("used").notNull().default(0),
    disabledAt: moment("disabled_at"),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check("recharge_codes_uses", sql`${t.used} <= ${t.maxUses}`),
    index("recharge_codes_listed").on(t.createdAt, t.id),
    index("recharge_codes_batch").on(t.batchId),
  ],
);

/** The use of a code by a user, at most once. */
export const redemptions = sqliteTable(
  "redemptions",
  {
    id: text("id").primaryKey(),
    codeId: text("code_id")
      .notNull()
      .references(() => rechargeCodes.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** Hundredths. */
    amount: integer("amount").notNull(),
    /** The user's balance after it, in hundredths. */
    balanceAfter: integer("balance_after").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("redemptions_once").on(t.codeId, t.userId),
    index("redemptions_user").on(t.userId, t.createdAt, t.id),
  ],
);
