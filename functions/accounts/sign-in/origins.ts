import { and, eq, gt, lt, sql, type SQL } from "drizzle-orm";
import { jwtVerify, SignJWT } from "jose";
import { signInOrigins } from "../../../schema/accounts.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import type { Deps } from "../../core/deps.ts";
import { newId } from "../../kit/ids.ts";

/**
 * How long somebody who signed in is known by the address or the device. Beyond that an address is somebody else's, and whoever
 * comes back counts among the unknown.
 */
export const KNOWN_SECONDS = 90 * 86_400;
const KNOWN_MS = KNOWN_SECONDS * 1000;
/** What a platform says that knows no address: it is everybody's. */
const NO_ADDRESS = "unknown";
/** Origins deleted in one statement. */
const EXPIRY_SLICE = 5_000;

const ALGORITHM = "HS256";
const ISSUER = "slipway";
const AUDIENCE = "slipway-device";

/** Where somebody comes from. */
export type Origin = {
  address: string;
  /** What an earlier sign-in gave to the device, if it came along. */
  device?: string | undefined;
};

/** A device that a user signed in from, as it says itself under our signature. */
export type Device = { id: string; userId: string };

/** The device behind what it presents; undefined for anything that we did not sign, or long ago. */
export async function readDevice(deps: Deps, { device }: Origin): Promise<Device | undefined> {
  if (!device) return undefined;
  try {
    const { payload } = await jwtVerify(device, keyOf(deps), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      currentDate: new Date(deps.clock()),
      requiredClaims: ["sub", "jti", "exp"],
    });
    return { id: payload.jti ?? "", userId: payload.sub ?? "" };
  } catch {
    return undefined;
  }
}

/** What a device presents from now on, for `KNOWN_SECONDS`. One that this user came from before stays the same device. */
export function issueDevice(deps: Deps, userId: string, before: Device | undefined): Promise<string> {
  const id = before?.userId === userId ? before.id : newId("dev", deps.clock());
  const issuedAt = Math.floor(deps.clock() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
    .setSubject(userId)
    .setJti(id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + KNOWN_SECONDS)
    .sign(keyOf(deps));
}

/**
 * Whose attempts count together with those of a user from here: an account of its own for a device or an address that this user
 * signed in from lately, NULL for anywhere else.
 * @param userId the user's id, or NULL
 */
export function knownOrigin(
  userId: SQL<string>,
  address: string,
  device: Device | undefined,
  now: number,
): SQL<string> {
  const ofDevice = device && sql`WHEN ${userId} = ${device.userId} THEN ${`${device.userId} ${device.id}`}`;
  const lately = and(
    sql`${signInOrigins.userId} = ${userId}`,
    eq(signInOrigins.address, address),
    gt(signInOrigins.seenAt, now - KNOWN_MS),
  );
  return sql<string>`CASE ${ofDevice ?? sql``}
    WHEN EXISTS (SELECT 1 FROM ${signInOrigins} WHERE ${lately}) THEN ${userId} || ' ' || ${address} END`;
}

/** Notes that a user signed in from an address. */
export function noteOrigin(q: Query, userId: string, address: string, now: number) {
  if (address === NO_ADDRESS) return undefined;
  return q
    .insert(signInOrigins)
    .values({ userId, address, seenAt: now })
    .onConflictDoUpdate({ target: [signInOrigins.userId, signInOrigins.address], set: { seenAt: now } });
}

/** Forgets where nobody has signed in from for long, some at a time. */
export async function expireOrigins(ctx: Ctx): Promise<void> {
  const { db, clock } = ctx.deps;
  const old = lt(signInOrigins.seenAt, clock() - KNOWN_MS);
  let count: number;
  do {
    const { deleted } = await db.write((q) => ({
      deleted: q
        .delete(signInOrigins)
        .where(sql`rowid IN (SELECT rowid FROM ${signInOrigins} WHERE ${old} LIMIT ${EXPIRY_SLICE})`)
        .returning({ gone: sql`1` }),
    }));
    count = deleted.length;
  } while (count === EXPIRY_SLICE && ctx.mayGoOn());
}

const keyOf = (deps: Deps) => new TextEncoder().encode(deps.config.JWT_SECRET);
