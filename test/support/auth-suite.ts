import { generateKeyPairSync } from "node:crypto";
import { decodeJwt, SignJWT, type JWTPayload } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { execute } from "./behind.ts";
import { bearer, deactivate, newAccount, newSession, PASSWORD, type Account } from "./accounts.ts";
import type { Answer, TestStack } from "./stack.ts";

export type SignedInEndpoint = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A function makes what the path names, as `owner`'s, on each call. */
  path: string | ((owner: Account) => Promise<string>);
  /** Sent as JSON. Choose one that the right account is not refused with 401 or 403. */
  body?: unknown;
  needs: "user" | "admin";
  /** What another user of the same role gets for what `owner` has; leave out where nothing is owned. */
  otherOwner?: 403 | 404;
  /** Expects the surface's own form of an error with this status. */
  expectError: (answer: Answer<unknown>, status: 401 | 403 | 404) => void;
};

/**
 * What every signed-in endpoint must pass: only a token that we signed for this, whose session and account still stand,
 * signs in, and only the right role and owner get further. Call it at the top of a worker test:
 *
 *     signedInSuite(() => stack, [{ method: "GET", path: "/api/users/me", needs: "user", expectError }]);
 */
export function signedInSuite(stackOf: () => TestStack, endpoints: readonly SignedInEndpoint[]): void {
  let good: Account;
  let bad: Record<BadToken, string>;

  beforeAll(async () => {
    good = await newAccount(stackOf());
    bad = await badTokens(stackOf());
  });

  describe.each(endpoints)("signed in: $method $path", (endpoint) => {
    const { method, path, body, needs, otherOwner, expectError } = endpoint;
    const rightful = () => newAccount(stackOf(), needs);
    const pathFor = (owner: Account) => (typeof path === "string" ? path : path(owner));
    const send = (to: string, headers: Record<string, string>) =>
      stackOf().request(to, { method, json: body, headers });

    test("the right account gets through", async () => {
      const owner = await rightful();
      const { status, text } = await send(await pathFor(owner), bearer(owner.token));
      expect([401, 403], text).not.toContain(status);
      expect(status, text).toBeLessThan(500);
    });

    test("no token and no bad one does", async () => {
      const to = await pathFor(await rightful());
      const refused = async (why: string, headers: Record<string, string>) => {
        const answer = await send(to, headers);
        expect(answer.status, `${why}: ${answer.text}`).toBe(401);
        expect(answer.headers.get("www-authenticate"), why).toMatch(/^Bearer/);
        expectError(answer, 401);
      };
      await refused("no token", {});
      await refused("an empty header", { authorization: "" });
      await refused("another scheme", { authorization: `Basic ${good.token}` });
      await refused("a bare token", { authorization: good.token });
      await refused("a token elsewhere", { "x-api-key": good.token, cookie: `token=${good.token}` });
      for (const [why, token] of Object.entries(bad)) await refused(why, bearer(token));
    });

    if (needs === "admin") {
      test("no user who is no administrator does", async () => {
        const answer = await send(await pathFor(await rightful()), bearer(good.token));
        expect(answer.status, answer.text).toBe(403);
        expectError(answer, 403);
      });
    }

    if (otherOwner) {
      test("no other owner does", async () => {
        const [owner, other] = await Promise.all([rightful(), rightful()]);
        const answer = await send(await pathFor(owner), bearer(other.token));
        expect(answer.status, answer.text).toBe(otherOwner);
        expectError(answer, otherOwner);
      });
    }
  });
}

const badTokenNames = [
  "garbage",
  "a token cut short",
  "a token with other claims under its signature",
  "an expired token",
  "a token without an end",
  "a token without an algorithm",
  "HS512",
  "RS256",
  "HS256 with a public key for its secret",
  "another secret",
  "another audience",
  "another issuer",
  "a session of somebody else",
  "an unknown session",
  "an ended session",
  "a session whose time has passed",
  "a changed password",
  "a deactivated user",
] as const;
type BadToken = (typeof badTokenNames)[number];

/** Administrators' tokens, each with one thing wrong, so that nothing else can be why they are refused. */
async function badTokens(stack: TestStack): Promise<Record<BadToken, string>> {
  const admin = () => newAccount(stack, "admin");
  const [account, other, ended, changed, inactive] = await Promise.all([
    admin(),
    admin(),
    admin(),
    admin(),
    admin(),
  ]);
  const claims = decodeJwt(account.token);
  const now = Math.floor(Date.now() / 1000);
  const secret = new TextEncoder().encode(stack.settings.JWT_SECRET);
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicPem = new TextEncoder().encode(publicKey.export({ type: "spki", format: "pem" }).toString());
  type Key = Parameters<SignJWT["sign"]>[0];
  const sign = (changes: JWTPayload = {}, alg = "HS256", key: Key = secret) =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg, typ: "JWT" }).sign(key);
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [head = "", , signature = ""] = account.token.split(".");

  const secondSession = await newSession(stack, ended.id);
  await succeeds(stack, "POST", "/api/auth/logout", secondSession);
  const passwords = { current_password: PASSWORD, new_password: `another ${PASSWORD}` };
  await succeeds(stack, "POST", "/api/users/change-password", changed.token, passwords);
  await deactivate(stack, inactive);

  return {
    garbage: "not.a.token",
    "a token cut short": account.token.slice(0, -4),
    "a token with other claims under its signature": `${head}.${encoded({ ...claims, exp: now + 9999 })}.${signature}`,
    "an expired token": await sign({ iat: now - 7200, exp: now - 3600 }),
    "a token without an end": await sign({ exp: undefined }),
    "a token without an algorithm": `${encoded({ alg: "none", typ: "JWT" })}.${encoded(claims)}.`,
    HS512: await sign({}, "HS512"),
    RS256: await sign({}, "RS256", privateKey),
    "HS256 with a public key for its secret": await sign({}, "HS256", publicPem),
    "another secret": await sign({}, "HS256", new TextEncoder().encode("another secret of 32 bytes or more")),
    "another audience": await sign({ aud: "another" }),
    "another issuer": await sign({ iss: "another" }),
    "a session of somebody else": await sign({ sub: other.id }),
    "an unknown session": await sign({ sid: "ses_unknown" }),
    "an ended session": secondSession,
    "a session whose time has passed": await expiredSession(stack),
    "a changed password": changed.token,
    "a deactivated user": inactive.token,
  };
}

/** A token whose signature says that it is still good, of a session that the database says is over. */
async function expiredSession(stack: TestStack): Promise<string> {
  const { id, token } = await newAccount(stack, "admin");
  await execute(stack, "UPDATE sessions SET expires_at = 1 WHERE user_id = ?", [id]);
  return token;
}

async function succeeds(stack: TestStack, method: string, path: string, token: string, json?: unknown) {
  const { status, text } = await stack.request(path, { method, json, headers: bearer(token) });
  expect(status, text).toBe(200);
}
