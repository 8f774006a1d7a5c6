import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { AppError } from "../core/errors.ts";
import { perIsolate } from "../core/isolate.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { findKey, whenKeyEnds } from "./api-keys/find-key.ts";
import { findSession } from "./sign-in/sessions.ts";

/** How long another isolate may go on taking a credential for good that has ended. */
const FRESH_MS = 5_000;
/** Good credentials that an isolate remembers. */
const MAX_READERS = 1_000;

/** A software, as far as it decides who may see it. */
export type SeenSoftware = { slug: string; isPrivate: boolean };

/** What a request brings to be let in by; asked for only where something is private. */
export type Credential = () => string | undefined;

/** Who is behind a good credential. `endsAt` is in milliseconds since 1970. */
type Reader = { software?: readonly string[] | undefined; endsAt: number | null };

const stateOf = perIsolate(() => ({ readers: new Map<string, Reader & { foundAt: number }>() }));

whenKeyEnds((deps) => {
  stateOf(deps).readers = new Map();
});

/**
 * Whether a request may see a software, its versions and its packages: everybody may where it is public; else whoever
 * brings an API key with `packages:read` or `packages:write` that is not limited to other software, or an administrator's
 * token. At most one round trip, for what is private; none while the isolate remembers the credential.
 */
export async function mayRead(ctx: Ctx, software: SeenSoftware, credential: Credential): Promise<boolean> {
  if (!software.isPrivate) return true;
  const reader = await findReader(ctx.deps, credential());
  return reader !== undefined && (reader.software?.includes(software.slug) ?? true);
}

/** Whether a request may see all software. */
export async function mayReadAll(ctx: Ctx, credential: Credential): Promise<boolean> {
  const reader = await findReader(ctx.deps, credential());
  return reader !== undefined && reader.software === undefined;
}

/**
 * Refuses whoever may not see a software. To be asked before anything else is said of it: the refusal is the same for what
 * is there and for what is not.
 * @throws AppError INVALID_API_KEY.
 */
export async function requireReader(ctx: Ctx, software: SeenSoftware, credential: Credential): Promise<void> {
  if (!(await mayRead(ctx, software, credential)))
    throw new AppError("INVALID_API_KEY", { instead: "key.read" });
}

async function findReader(deps: Deps, presented: string | undefined): Promise<Reader | undefined> {
  if (presented === undefined) return undefined;
  const { readers } = stateOf(deps);
  const hash = sha256Hex(presented);
  const now = deps.clock();
  const known = readers.get(hash);
  if (known && now - known.foundAt < FRESH_MS && (known.endsAt ?? Infinity) > now) return known;

  const reader = (await readerOfToken(deps, presented)) ?? (await readerOfKey(deps, presented));
  // A key that ended meanwhile has put another map in the place of this one.
  readers.delete(hash);
  if (!reader) return undefined;
  if (readers.size >= MAX_READERS) readers.delete(readers.keys().next().value ?? "");
  readers.set(hash, { ...reader, foundAt: now });
  return reader;
}

async function readerOfToken(deps: Deps, presented: string): Promise<Reader | undefined> {
  const user = looksSigned(presented) ? await findSession(deps, presented) : undefined;
  return user?.role === "admin" ? { endsAt: null } : undefined;
}

async function readerOfKey(deps: Deps, presented: string): Promise<Reader | undefined> {
  const key = await findKey(deps, presented);
  if (!key?.scopes.some((scope) => scope === "packages:read" || scope === "packages:write")) return undefined;
  return { software: key.software, endsAt: key.expiresAt };
}

/** A JSON Web Token has three parts. */
export const looksSigned = (token: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
