import { z } from "zod";
import { roles } from "../../schema/accounts.ts";
import { scopes } from "../core/context.ts";
import { textKey } from "../core/locale/locale.ts";
import { title } from "../kit/text.ts";

type Security = Record<string, string[]>[];

/** What signs a user in. */
export const userSecurity: Security = [{ UserToken: [] }, { OAuth2Password: [] }];

/** What signs the console in. Its cookie also does wherever a user's token does. */
export const consoleSecurity: Security = [{ ConsoleCookie: [] }];
const keySecurity: Security = [{ ApiKeyHeader: [] }, { ApiKeyBearer: [] }];

/** An API key, or an administrator's token. */
export const apiKeySecurity: Security = [...keySecurity, { UserToken: [] }];

/** What signs a user in, or an API key. */
export const userOrKeySecurity: Security = [...userSecurity, ...keySecurity];

/** Nothing for public software; for private what may read it. */
export const readSecurity: Security = [{}, ...apiKeySecurity, { ApiKeyQuery: [] }];

/** What a key is limited to, as answers show it. */
export const keySoftware = z
  .array(z.string())
  .nullable()
  .meta({ description: "Slugs of the software that the key is limited to; null for all software" });

/** More is what keys without limits are for. */
const MOST_SOFTWARE = 100;

/** As packages name it. */
const softwareName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, textKey("software.slug"))
  .transform((name) => name.toLowerCase());

/** The software that something is limited to. */
export const softwareNames = z.array(softwareName).min(1).max(MOST_SOFTWARE);

export const keySchema = z
  .object({
    id: z.string().meta({ example: "key_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
    name: z.string(),
    prefix: z.string().meta({ description: "The key's first characters, to recognise it by" }),
    scopes: z.array(z.enum(scopes)),
    software: keySoftware,
    expires_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "ApiKey" });

/** Shorter passwords are guessed; nobody types longer ones. */
export const newPassword = z.string().min(6).max(128);

/** A password as somebody types it: wrong ones may be longer than right ones. */
export const typedPassword = z.string().min(1).max(1024);

/** The domain knows which characters; this much may be any name before they are brought into one form. */
export const username = z.string().trim().min(1).max(200).meta({
  minLength: 2,
  maxLength: 50,
  description:
    "2 to 50 letters, digits, dots, underscores and hyphens, with single spaces between words; each word in one script",
});

export const fullName = title(0, 100).nullish();

/** What a new account is made of. */
export const newUserShape = {
  email: z.email().max(254),
  username,
  password: newPassword,
  full_name: fullName,
};

export const role = z.enum(roles);

/** Longer than any id that was ever given out. */
const MAX_ID = 100;

export const accountId = z.string().max(MAX_ID).meta({ example: "usr_01k8f3q5zj7m0c2w9x4e6t8r1a" });

export const userSchema = z
  .object({
    id: z.string().meta({ example: "usr_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
    email: z.string(),
    username: z.string(),
    full_name: z.string(),
    role,
    balance: z.number(),
    total_tasks: z.int(),
    created_at: z.iso.datetime(),
    last_login: z.iso.datetime().nullable(),
  })
  .meta({ id: "User" });

/** The answers of the accounts: a message, and what was asked for under `data`. */
export function answerOf<T extends z.ZodType>(description: string, data: T) {
  const schema = z.object({ success: z.literal(true), message: z.string(), data, error_code: z.null() });
  return { description, content: { "application/json": { schema } } };
}
