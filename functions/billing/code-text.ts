import { createHmac } from "node:crypto";
import type { Deps } from "../core/deps.ts";

/**
 * What codes are written in: 30 characters, none of which is taken for another (no 0 O, 1 I L, U V). Twelve of them are 58.9
 * bits.
 */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
const GROUP = 4;

/** A byte below it makes each character equally likely. */
const EVEN_BYTES = 256 - (256 % ALPHABET.length);

const TYPED = new RegExp(`^(?:OWL)?([${ALPHABET}]{${LENGTH}})$`);
/** What people put between characters, hyphens of any kind included. */
const SEPARATORS = /[\s\p{Dash_Punctuation}_]+/gu;

/** The code that these bytes stand for, `OWL-XXXX-XXXX-XXXX`. @throws RangeError where they are too few: 32 random ones never are. */
export function codeOf(bytes: Uint8Array): string {
  const even = Array.from(bytes).filter((byte) => byte < EVEN_BYTES);
  if (even.length < LENGTH) throw new RangeError("too few bytes for a code");
  const characters = even.slice(0, LENGTH).map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return written(characters.join(""));
}

/** The code that somebody typed, however they spaced it; undefined for what no code can be. */
export function readCode(typed: string): string | undefined {
  const characters = TYPED.exec(typed.normalize("NFKC").toUpperCase().replace(SEPARATORS, ""))?.[1];
  return characters && written(characters);
}

/** What is left of a code for people to recognise it by. */
export const maskCode = (code: string): string => `OWL-****-****-${code.slice(-GROUP)}`;

/** What is kept of a code, keyed: its mask tells so much that a plain hash could be tried out. */
export const hashCode = ({ config }: Deps, code: string): string =>
  createHmac("sha256", config.JWT_SECRET).update(`recharge-code:${code}`).digest("hex");

function written(characters: string): string {
  const groups = Array.from({ length: LENGTH / GROUP }, (_, index) =>
    characters.slice(index * GROUP, (index + 1) * GROUP),
  );
  return ["OWL", ...groups].join("-");
}
