import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { AppError } from "../core/errors.ts";
import { perIsolate } from "../core/isolate.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import { findKey, whenKeyEnds } from "./api-keys/find-key.ts";
import type { Proof } from "./sign-in/proofs.ts";
import { findSession } from "./sign-in/sessions.ts";

/** How long after a credential has ended another isolate may still accept it. */
const FRESH_MS = 5_000;
/** How many valid credentials an isolate remembers. */
const MAX_READERS = 1_000;

/** The part of a software's record that decides who may see it. */
export type SeenSoftware = { slug: string; isPrivate: boolean };

/** A token or an API key, or the secret in the console's cookie. */
type Presented = string | { cookie: string };

/** Returns the credential that a request brings, if any. Called only where something is private. */
export type Credential = () => Presented | undefined;

/**
 * What the holder of a valid credential may see: the software to which it is limited, or all. `endsAt` is in milliseconds
 * since 1970.
 */
type Reader = { software?: readonly string[] | undefined; endsAt: number | null };

const stateOf = perIsolate(() => ({ readers: new Map<string, Reader & { foundAt: number }>() }));

whenKeyEnds((deps) => {
  stateOf(deps).readers = new Map();
});

/**
 * Whether a request may see a software with its versions and packages. Everybody may see public software. Private software
 * may be seen with an administrator's token, or with an API key that has `packages:read` or `packages:write` and is not
 * limited to other software. Costs at most one round trip, for private software, and none while the isolate remembers the
 * credential.
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
 * Refuses whoever may not see a software. Must be called before anything else is said of the software, because the refusal
 * must be the same whether what is asked for exists or not.
 * @throws AppError INVALID_API_KEY.
 */
export async function requireReader(ctx: Ctx, software: SeenSoftware, credential: Credential): Promise<void> {
  if (!(await mayRead(ctx, software, credential)))
    throw new AppError("INVALID_API_KEY", { instead: "key.read" });
}

async function findReader(deps: Deps, brought: Presented | undefined): Promise<Reader | undefined> {
  if (brought === undefined) return undefined;
  const { readers } = stateOf(deps);
  const hash = sha256Hex(JSON.stringify(brought));
  const now = deps.clock();
  const known = readers.get(hash);
  if (known && now - known.foundAt < FRESH_MS && (known.endsAt ?? Infinity) > now) return known;

  const reader = await identify(deps, brought);
  // Where a key ended meanwhile, `stateOf(deps).readers` is a new map, and what is stored in this one is never read.
  readers.delete(hash);
  if (!reader) return undefined;
  if (readers.size >= MAX_READERS) readers.delete(readers.keys().next().value ?? "");
  readers.set(hash, { ...reader, foundAt: now });
  return reader;
}

async function identify(deps: Deps, brought: Presented): Promise<Reader | undefined> {
  if (typeof brought !== "string") return readerOfSession(deps, brought);
  const signedIn = looksSigned(brought) ? await readerOfSession(deps, { token: brought }) : undefined;
  return signedIn ?? readerOfKey(deps, brought);
}

async function readerOfSession(deps: Deps, proof: Proof): Promise<Reader | undefined> {
  const user = await findSession(deps, proof);
  return user?.role === "admin" ? { endsAt: null } : undefined;
}

async function readerOfKey(deps: Deps, presented: string): Promise<Reader | undefined> {
  const key = await findKey(deps, presented);
  if (!key?.scopes.some((scope) => scope === "packages:read" || scope === "packages:write")) return undefined;
  return { software: key.software, endsAt: key.expiresAt };
}

/** A JSON Web Token has three parts. */
export const looksSigned = (token: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
