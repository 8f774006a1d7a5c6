import { jwtVerify, SignJWT } from "jose";
import type { Deps } from "../../core/deps.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newSecret } from "../../kit/ids.ts";

const ALGORITHM = "HS256";
const ISSUER = "slipway";
const AUDIENCE = "slipway-api";

/** What a token says: which session it belongs to. Only the database knows whether that session still runs. */
export type TokenClaims = { userId: string; sessionKey: string; tokenVersion: number };

/** A token for a new session. @param lifetime seconds */
export async function issueToken(
  deps: Deps,
  user: { id: string; tokenVersion: number },
  lifetime: number,
): Promise<{ token: string; sessionKey: string; expiresAt: number }> {
  const sessionId = newSecret("ses");
  const issuedAt = Math.floor(deps.clock() / 1000);
  const token = await new SignJWT({ sid: sessionId, ver: user.tokenVersion })
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
    .setSubject(user.id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(keyOf(deps));
  return { token, sessionKey: sha256Hex(sessionId), expiresAt: (issuedAt + lifetime) * 1000 };
}

/** The claims of a token that we signed for this purpose and that has not expired; null for anything else. */
export async function readToken(deps: Deps, token: string): Promise<TokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf(deps), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      currentDate: new Date(deps.clock()),
      requiredClaims: ["sub", "sid", "ver", "exp"],
    });
    const { sub, sid, ver } = payload;
    if (typeof sub !== "string" || typeof sid !== "string" || typeof ver !== "number") return null;
    return { userId: sub, sessionKey: sha256Hex(sid), tokenVersion: ver };
  } catch {
    return null;
  }
}

const keyOf = (deps: Deps) => new TextEncoder().encode(deps.config.JWT_SECRET);
