import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { createdAt, moment } from "./columns.ts";

export const roles = ["user", "admin"] as const;

/** The accounts of all surfaces. `usernameKey` and `emailKey` hold the names in the form in which they are compared. */
export const users = sqliteTable(
  "users",
  {
    id: text("id").primaryKey(),
    username: text("username").notNull(),
    usernameKey: text("username_key").notNull().unique(),
    /**
     * What the name looks like; names of one look are one name to a reader. NULL until a job has said it of an account that is
     * older than the column.
     */
    lookKey: text("look_key").unique(),
    email: text("email").notNull(),
    emailKey: text("email_key").notNull().unique(),
    fullName: text("full_name").notNull(),
    /** In PHC form, with its parameters. */
    passwordHash: text("password_hash").notNull(),
    role: text("role", { enum: roles }).notNull(),
    isActive: integer("is_active", { mode: "boolean" }).notNull(),
    /** Raising it ends all tokens of the user at once. */
    tokenVersion: integer("token_version").notNull().default(0),
    createdAt: createdAt(),
    lastLoginAt: moment("last_login_at"),
  },
  (t) => [index("users_kinds").on(t.role, t.isActive, t.id)],
);

/** Sessions of signed-in users. The id is the SHA-256 of the id in the token, or of the secret in the console's cookie. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    /** The beginning of what the browser calls itself; NULL for a session of a token, which no cookie may stand for. */
    userAgent: text("user_agent"),
    /** When the console was last opened in it, to the day; NULL for a session of a token. */
    usedAt: moment("used_at"),
  },
  (t) => [index("sessions_user").on(t.userId), index("sessions_expiry").on(t.expiresAt)],
);

/** Where each user signed in from lately: who comes from there is not locked out by what others try. */
export const signInOrigins = sqliteTable(
  "sign_in_origins",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    address: text("address").notNull(),
    seenAt: moment("seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.address] }), index("sign_in_origins_seen").on(t.seenAt)],
);

/** Passwords, recharge codes and user keys tried, per account and per address; those that were right are taken out again. */
export const loginAttempts = sqliteTable(
  "login_attempts",
  {
    id: text("id").primaryKey(),
    /** NULL is refused: this account has too many wrong passwords. */
    account: text("account").notNull(),
    /** NULL is refused: this address has too many wrong passwords. */
    address: text("address").notNull(),
    at: moment("at").notNull(),
  },
  (t) => [
    index("login_attempts_account").on(t.account, t.at),
    index("login_attempts_address").on(t.address, t.at),
    index("login_attempts_at").on(t.at),
  ],
);

/** API keys of publishers. Only the SHA-256 of each key is stored. */
export const apiKeys = sqliteTable("api_keys", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  prefix: text("prefix").notNull(),
  hash: text("hash").notNull().unique(),
  scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
  /** The slugs that the key is limited to; NULL for all software. */
  software: text("software", { mode: "json" }).$type<string[]>(),
  expiresAt: moment("expires_at"),
  createdAt: createdAt(),
});
