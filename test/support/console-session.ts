import { sha256Hex } from "../../functions/kit/hash/hash.ts";
import { newSecret } from "../../functions/kit/ids.ts";
import { execute } from "./behind.ts";
import type { Account } from "./accounts.ts";
import type { TestStack } from "./stack.ts";

const DAY_MS = 86_400_000;

/** The headers by which the console's own pages are known. */
export const fromConsole = (stack: TestStack) => ({ origin: stack.url, "x-slipway-console": "1" });

/** The `Cookie` header of a new console session of an account, put straight into the database. */
export async function consoleCookie(
  stack: TestStack,
  { id }: Pick<Account, "id">,
): Promise<{ cookie: string }> {
  const secret = newSecret("ses");
  const now = Date.now();
  await execute(
    stack,
    "INSERT INTO sessions (id, user_id, created_at, expires_at, user_agent, used_at) VALUES (?, ?, ?, ?, 'test', ?)",
    [sha256Hex(secret), id, now, now + DAY_MS, now - (now % DAY_MS)],
  );
  return { cookie: `slipway_session=${secret}` };
}

/** The cookies that an answer sets, by name, with their attributes in lower case. */
export function cookiesOf(headers: Headers): Record<string, { value: string; attributes: string[] }> {
  return Object.fromEntries(
    headers.getSetCookie().map((line) => {
      const [pair = "", ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf("=");
      const named = attributes.map((attribute) => attribute.toLowerCase()).toSorted();
      return [pair.slice(0, at), { value: pair.slice(at + 1), attributes: named }];
    }),
  );
}
