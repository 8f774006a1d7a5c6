import type { Deps } from "../../core/deps.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { readToken } from "./tokens.ts";

/** What a request brings to be signed in by: a token that we signed, or the secret in the console's cookie. */
export type Proof = { token: string } | { cookie: string };

/** The session that a proof is for; what its token says of the user besides. */
export type Claims = { sessionKey: string; token?: { userId: string; tokenVersion: number } };

/** The claims of a proof; null for a token that we did not sign. Only the database knows whether the session still runs. */
export async function readProof(deps: Deps, proof: Proof): Promise<Claims | null> {
  if ("cookie" in proof) return { sessionKey: sha256Hex(proof.cookie) };
  const token = await readToken(deps, proof.token);
  return token && { sessionKey: token.sessionKey, token };
}
