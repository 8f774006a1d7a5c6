import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { bearer, deactivate, fromAnywhere, isSignedIn, newAccount, PASSWORD } from "../support/accounts.ts";
import type { Account } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { consoleCookie, cookiesOf, fromConsole } from "../support/console-session.ts";
import { privateTitle } from "../support/private-software.ts";
import { expectProblem, newSoftware, packageForm, sendForm } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

type Session = { user: { username: string; role: string } | null };
const DAYS = 14 * 86_400;

const enter = (username: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  stack.request("/api/v1/session", {
    json: { username, password },
    headers: { ...fromAnywhere(), ...fromConsole(stack), ...headers },
  });

/** Signs in through the interface. */
async function cookieOf({ username }: Account): Promise<{ cookie: string }> {
  const answer = await enter(username);
  expect(answer.status, answer.text).toBe(204);
  return { cookie: `slipway_session=${cookiesOf(answer.headers).slipway_session?.value}` };
}

const whoIs = async (headers: Record<string, string>) =>
  (await stack.request<Session>("/api/v1/session", { headers })).body.user?.username ?? null;

describe("signing in to the console", () => {
  test("sets a cookie that no script reads, for 14 days, and answers no secret", async () => {
    const account = await newAccount(stack);
    for (const name of [account.username, account.email.toUpperCase()]) {
      const answer = await enter(name);
      expect([answer.status, answer.text]).toEqual([204, ""]);
      const { slipway_session: session } = cookiesOf(answer.headers);
      expect(session?.attributes).toEqual(["httponly", `max-age=${DAYS}`, "path=/", "samesite=strict"]);
      expect(await whoIs({ cookie: `slipway_session=${session?.value}` })).toBe(account.username);
    }
  });

  test("over https sets a cookie that only this host can have set", async () => {
    const { username } = await newAccount(stack);
    const origin = stack.url.replace("http:", "https:");
    const answer = await enter(username, PASSWORD, { origin, "x-forwarded-proto": "https" });
    const session = cookiesOf(answer.headers)["__Host-slipway_session"];
    expect(session?.attributes).toContain("secure");
    const secret = session?.value ?? "";
    const https = { "x-forwarded-proto": "https" };
    expect(await whoIs({ cookie: `__Host-slipway_session=${secret}`, ...https })).toBe(username);
    expect(await whoIs({ cookie: `slipway_session=${secret}`, ...https })).toBeNull();
  });

  test("is refused with a wrong password, in the same words for nobody's name, and at last for a while", async () => {
    const { username } = await newAccount(stack);
    const from = fromAnywhere();
    const wrong = await enter(username, "wrong", from);
    expectProblem(wrong, 401, "INVALID_CREDENTIALS");
    expect(wrong.headers.getSetCookie()).toEqual([]);
    expect((await enter(`${username}x`, "wrong", from)).body).toMatchObject({
      detail: (wrong.body as { detail: string }).detail,
    });
    for (let tried = 1; tried < 5; tried++) await enter(username, "wrong", from);
    const locked = await enter(username, PASSWORD, from);
    expectProblem(locked, 429, "TOO_MANY_ATTEMPTS");
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("is not possible from another site's page", async () => {
    const { username } = await newAccount(stack);
    const foreigners: Record<string, string>[] = [
      { origin: "https://elsewhere.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "x-slipway-console": "0" },
    ];
    for (const foreign of foreigners) {
      expectProblem(await enter(username, PASSWORD, foreign), 403, "NOT_FROM_CONSOLE");
    }
  });
});

describe("a console session", () => {
  test("keeps nothing in the database that would open it", async () => {
    const account = await newAccount(stack);
    const { cookie } = await cookieOf(account);
    const rows = await execute(stack, "SELECT * FROM sessions WHERE user_id = ?", [account.id]);
    expect(JSON.stringify(rows)).not.toContain(cookie.split("=")[1]);
    expect(rows.find(({ user_agent: agent }) => agent !== null)).toMatchObject({
      user_agent: expect.any(String),
    });
  });

  test("lasts longer once the console is opened on another day", async () => {
    const account = await newAccount(stack);
    const headers = await consoleCookie(stack, account);
    const endOf = async () =>
      (
        await execute(stack, "SELECT expires_at FROM sessions WHERE user_id = ? AND user_agent IS NOT NULL", [
          account.id,
        ])
      )[0]?.expires_at as number;
    const before = await endOf();
    expect(await whoIs(headers)).toBe(account.username);
    expect(await endOf()).toBe(before);
    await execute(stack, "UPDATE sessions SET used_at = used_at - 86400000 WHERE user_id = ?", [account.id]);
    const opened = await stack.request<Session>("/api/v1/session", { headers });
    expect(cookiesOf(opened.headers).slipway_session?.attributes).toContain(`max-age=${DAYS}`);
    await expect.poll(endOf).toBeGreaterThan(before);
  });

  test("ends by signing out, here alone or everywhere with every token", async () => {
    const account = await newAccount(stack);
    const [one, other, third] = [
      await consoleCookie(stack, account),
      await consoleCookie(stack, account),
      await consoleCookie(stack, account),
    ];
    const leave = (path: string, cookie: { cookie: string }) =>
      stack.request(path, { method: "DELETE", headers: { ...cookie, ...fromConsole(stack) } });
    const left = await leave("/api/v1/session", one);
    expect([left.status, cookiesOf(left.headers).slipway_session?.attributes]).toEqual([
      204,
      expect.arrayContaining(["max-age=0"]),
    ]);
    expect([await whoIs(one), await whoIs(other)]).toEqual([null, account.username]);
    expect((await leave("/api/v1/session", one)).status).toBe(204);

    expect((await leave("/api/v1/sessions", other)).status).toBe(204);
    expect([await whoIs(other), await whoIs(third)]).toEqual([null, null]);
    expect(await isSignedIn(stack, account.token)).toBe(false);
    expectProblem(await leave("/api/v1/sessions", third), 401, "INVALID_TOKEN");
  });

  test("ends with a change of password, a lost account and its time", async () => {
    const changing = await newAccount(stack);
    const headers = await consoleCookie(stack, changing);
    const changed = await stack.request("/api/users/change-password", {
      json: { current_password: PASSWORD, new_password: `another ${PASSWORD}` },
      headers: { ...headers, ...fromConsole(stack) },
    });
    expect(changed.status, changed.text).toBe(200);
    expect(await whoIs(headers)).toBeNull();

    const lost = await newAccount(stack);
    const ofLost = await consoleCookie(stack, lost);
    await deactivate(stack, lost);
    expect(await whoIs(ofLost)).toBeNull();

    const late = await newAccount(stack);
    const ofLate = await consoleCookie(stack, late);
    await execute(stack, "UPDATE sessions SET expires_at = 1 WHERE user_id = ?", [late.id]);
    const answer = await stack.request<Session>("/api/v1/session", { headers: ofLate });
    expect(answer.body.user).toBeNull();
    expect(cookiesOf(answer.headers).slipway_session?.attributes).toContain("max-age=0");
  });

  test("is none of a token's, nor the reverse", async () => {
    const account = await newAccount(stack, "admin");
    const { cookie } = await consoleCookie(stack, account);
    const secret = cookie.split("=")[1] ?? "";
    expect(await isSignedIn(stack, secret)).toBe(false);
    const claims = JSON.parse(Buffer.from(account.token.split(".")[1] ?? "", "base64url").toString());
    expect(await whoIs({ cookie: `slipway_session=${claims.sid}` })).toBeNull();
    expect(await whoIs({ cookie: `slipway_session=${account.token}` })).toBeNull();
  });

  test("gives way to a token or a key in the request's head", async () => {
    const [user, admin] = [await newAccount(stack), await newAccount(stack, "admin")];
    const headers = await consoleCookie(stack, admin);
    expect(await whoIs({ ...headers, ...bearer(user.token) })).toBe(user.username);
    const key = await stack.request<{ id: string }>("/api/v1/api-keys/current", {
      headers: { ...headers, "x-api-key": stack.apiKey },
    });
    expect([key.status, key.body.id]).toEqual([200, "settings"]);
    const wrong = await stack.request("/api/v1/api-keys", { headers: { ...headers, "x-api-key": "wrong" } });
    expectProblem(wrong, 401, "INVALID_API_KEY");
  });
});

describe("an administrator's console, without any API key", () => {
  let headers: Record<string, string>;
  beforeAll(async () => {
    headers = { ...(await consoleCookie(stack, await newAccount(stack, "admin"))), ...fromConsole(stack) };
  });

  test("publishes, withdraws and cleans up", async () => {
    const software = newSoftware();
    const form = packageForm({ software, version: "1.0.0", package_type: "full" });
    const made = await sendForm(stack, form, { headers });
    expect(made.status, made.text).toBe(200);
    const path = `/api/v1/packages/${made.body.package_id}`;
    expect((await stack.request(`${path}/yank`, { method: "POST", headers })).status).toBe(200);
    expect((await stack.request("/api/v1/api-keys", { headers })).status).toBe(200);
    expect((await stack.request(path, { method: "DELETE", headers })).status).toBe(204);
  });

  test("sees private software, which a user's does not", async () => {
    const { software } = await privateTitle(stack);
    const path = `/api/v1/packages?software=${software}`;
    const seen = await stack.request<unknown[]>(path, { headers });
    expect([seen.status, seen.body.length]).toEqual([200, 1]);
    expect(seen.headers.get("cache-control")).toContain("no-store");
    const user = await consoleCookie(stack, await newAccount(stack));
    expectProblem(await stack.request(path, { headers: user }), 401, "INVALID_API_KEY");
    expectProblem(await stack.request(path), 401, "INVALID_API_KEY");
  });
});

type Operation = { security?: Record<string, string[]>[] };
const { paths } = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
};
/** Clients ask this by POST, although it changes nothing. */
const question = "/api/check/update";
/** Every endpoint that changes something for whoever is signed in. */
const changing = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(() => path !== question)
    .filter(([method, { security }]) => method !== "get" && security?.some((one) => "UserToken" in one))
    .map(([method]) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, "1") })),
);

describe("with the cookie alone", () => {
  let admin: Account;
  beforeAll(async () => {
    admin = await newAccount(stack, "admin");
  });

  test.each(changing)(
    "$method $path is refused unless it comes from the console",
    async ({ method, path }) => {
      const cookie = await consoleCookie(stack, admin);
      const send = (headers: Record<string, string>) =>
        stack.request<Record<string, unknown>>(path, {
          method,
          headers: { ...cookie, "content-type": "application/json", ...headers },
          // Nothing that any endpoint takes, so that nothing is changed where the request is let through.
          ...(method === "POST" || method === "PUT" || method === "PATCH" ? { body: "[]" } : {}),
        });
      const own = fromConsole(stack);
      const foreigners: Record<string, string>[] = [
        {},
        { origin: own.origin },
        { "x-slipway-console": "1" },
        { ...own, origin: "https://elsewhere.example" },
        { ...own, "sec-fetch-site": "same-site" },
      ];
      for (const foreign of foreigners) {
        const refused = await send(foreign);
        expect([refused.status, JSON.stringify(foreign)]).toEqual([403, JSON.stringify(foreign)]);
        expect(refused.text).toContain("console's own pages alone");
      }
      const taken = await send(own);
      expect([401, 403], taken.text).not.toContain(taken.status);
      expect(taken.status, taken.text).toBeLessThan(500);
    },
  );

  test("what only reads asks for no more than the cookie", async () => {
    const answer = await stack.request("/api/users/me", { headers: await consoleCookie(stack, admin) });
    expect(answer.status).toBe(200);
  });
});
