import { and, eq, gt, lt, sql, type SQL } from "drizzle-orm";
import { jwtVerify, SignJWT } from "jose";
import { signInOrigins } from "../../../schema/accounts.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import type { Deps } from "../../core/deps.ts";
import { newId } from "../../kit/ids.ts";

/**
 * How long an address or a device counts as known after a user signed in from it. After that an address may be somebody
 * else's, and whoever comes back counts among the unknown.
 */
export const KNOWN_SECONDS = 90 * 86_400;
const KNOWN_MS = KNOWN_SECONDS * 1000;
/** The address that a platform reports when it knows none. Everybody may come from it. */
const NO_ADDRESS = "unknown";
/** Origins deleted in one statement. */
const EXPIRY_SLICE = 5_000;

const ALGORITHM = "HS256";
const ISSUER = "slipway";
const AUDIENCE = "slipway-device";

/** Where a sign-in comes from. */
export type Origin = {
  address: string;
  /** The text that an earlier sign-in gave to the device, if the device sent it. */
  device?: string | undefined;
};

/** A device that a user signed in from. The device itself says so, with our signature. */
export type Device = { id: string; userId: string };

/** The device that a text names; undefined where we did not sign that text, or signed it too long ago. */
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

/**
 * The text by which a device is known for the next `KNOWN_SECONDS`. A device from which this user has come before keeps its
 * id.
 */
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
 * The account under which a user's attempts from here are counted: one of its own for each device or address from which
 * this user signed in lately, else NULL, as for everybody unknown.
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

/** Deletes addresses from which nobody has signed in for long, some at a time. */
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
