/** Crockford's base32 in lower case: texts sort as the numbers that they stand for, and no two letters look alike. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Base32 characters of a millisecond time (50 bits, until the year 37648). */
const TIME_LENGTH = 10;

/** Base32 characters of randomness: 80 bits. */
const RANDOM_LENGTH = 16;

/** How many characters of an id sequence count upwards: after 33 million ids one would repeat, but for its millisecond. */
const COUNT_LENGTH = 5;

/** Bytes of randomness in a secret: 256 bits, so a plain hash of it is safe to store. */
const SECRET_BYTES = 32;

/**
 * A new id such as `upl_01k8f3q5zj7m0c2w9x4e6t8r1a`: safe in URLs and unique; ids of one prefix sort by the
 * millisecond they were made in.
 * @param now milliseconds since 1970
 */
export function newId(prefix: string, now = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH));
  return idPrefix(prefix, now) + Array.from(random, (byte) => ALPHABET.charAt(byte % 32)).join("");
}

/** How ids of this prefix and millisecond begin, where somebody else adds the random part: any letters and digits of it. */
export const idPrefix = (prefix: string, now: number): string => `${prefix}_${base32(now, TIME_LENGTH)}`;

/**
 * Makes ids such as newId's at almost no cost each. The random part is drawn once and then counted up, so these ids are
 * unique but easily guessed.
 */
export function createIdSequence(prefix: string): (now: number) => string {
  let start: string | undefined;
  let count = 0;
  return (now) => {
    start ??= newId(prefix, 0).slice(prefix.length + 1 + TIME_LENGTH);
    count = (count + 1) % 32 ** COUNT_LENGTH;
    return `${prefix}_${base32(now, TIME_LENGTH)}${start.slice(COUNT_LENGTH)}${base32(count, COUNT_LENGTH)}`;
  };
}

/** A new secret of 256 random bits as `<prefix>_<43 characters of base64url>`; it is shown once and stored hashed. */
export function newSecret(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `${prefix}_${Buffer.from(random).toString("base64url")}`;
}

function base32(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32))
    text = ALPHABET.charAt(rest % 32) + text;
  return text;
}
