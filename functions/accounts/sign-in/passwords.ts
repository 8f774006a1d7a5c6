import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { perIsolate } from "../../core/isolate.ts";

/** scrypt (RFC 7914): N = 2^14, r = 8, p = 5 takes 16 MiB and about a tenth of a second; Workers allow N·r·p up to 2^20. */
const PARAMETERS = { ln: 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** How many hashes run at once: each takes 16 MiB of the isolate's 128. */
const MOST_AT_ONCE = 2;
/** How often a waiting hash looks whether it may run: ten times while another one takes its turn. */
const NEXT_LOOK_MS = 10;
/** After this long a turn counts as over: many times what a hash takes on a slow machine. */
const LONGEST_TURN_MS = 10_000;

type Stored = { ln: number; r: number; p: number; salt: Buffer; key: Buffer };

/** Of whatever does the hashing: an isolate, or a command. */
const turnsOf = perIsolate<ReturnType<typeof createTurns>, object>(() => createTurns(MOST_AT_ONCE));

/** A password's hash as a PHC string, `$scrypt$ln=14,r=8,p=5$<salt>$<key>`. */
export async function hashPassword(deps: object, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(deps, password, { ...PARAMETERS, salt });
  const { ln, r, p } = PARAMETERS;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${encode(salt)}$${encode(key)}`;
}

/**
 * Says whether a password belongs to the hash `stored`, and whether the password should be hashed anew because the hash was
 * made with old parameters. Without `stored` the answer is no after the same time, so that timing does not tell which
 * accounts exist.
 */
export async function checkPassword(
  deps: object,
  password: string,
  stored: string | undefined,
): Promise<{ right: boolean; outdated: boolean }> {
  const parsed = stored === undefined ? null : parse(stored);
  const { ln, r, p, salt, key } = parsed ?? {
    ...PARAMETERS,
    salt: Buffer.alloc(SALT_BYTES),
    key: Buffer.alloc(KEY_BYTES),
  };
  const derived = await derive(deps, password, { ln, r, p, salt });
  const right = timingSafeEqual(derived, key) && parsed !== null;
  return { right, outdated: ln !== PARAMETERS.ln || r !== PARAMETERS.r || p !== PARAMETERS.p };
}

function derive(deps: object, password: string, { ln, r, p, salt }: Omit<Stored, "key">): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 256 };
  return turnsOf(deps)(async () => {
    await othersFirst();
    return new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  });
}

/**
 * A hash blocks the whole isolate. Between two of them the isolate reads the answers that have come meanwhile, which would
 * otherwise time out.
 */
const othersFirst = () => new Promise<void>((resolve) => setTimeout(resolve));

function parse(stored: string): Stored | null {
  const [, ln, r, p, salt = "", key = ""] =
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored) ?? [];
  if (ln === undefined) return null;
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64"),
    key: Buffer.from(key, "base64"),
  };
}

const encode = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");

/**
 * Lets at most `most` pieces of work run at the same time. A caller that has to wait looks again by its own timer, because
 * Workers takes a request that only waits for another request's promise for hung, and ends it. Where a request was ended in
 * the middle of its turn, the turn counts as over after a while.
 */
function createTurns(most: number) {
  const turns = new Set<{ startedAt: number }>();
  const underWay = () => {
    for (const turn of turns) if (Date.now() - turn.startedAt > LONGEST_TURN_MS) turns.delete(turn);
    return turns.size;
  };
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (underWay() >= most) await new Promise((resolve) => setTimeout(resolve, NEXT_LOOK_MS));
    const turn = { startedAt: Date.now() };
    turns.add(turn);
    try {
      return await work();
    } finally {
      turns.delete(turn);
    }
  };
}
