import { createHmac } from "node:crypto";
import type { Deps } from "../core/deps.ts";

/**
 * The 30 characters that codes are written in; none is easily taken for another (no 0 O, 1 I L, U V). Twelve of them are
 * 58.9 bits.
 */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;
const GROUP = 4;

/** Only bytes below this are used, so that each character is equally likely. */
const EVEN_BYTES = 256 - (256 % ALPHABET.length);

const TYPED = new RegExp(`^(?:OWL)?([${ALPHABET}]{${LENGTH}})$`);
/** What people put between the characters of a code, hyphens of any kind included. */
const SEPARATORS = /[\s\p{Dash_Punctuation}_]+/gu;

/** The code that these bytes stand for, `OWL-XXXX-XXXX-XXXX`. @throws RangeError where they are too few: 32 random ones never are. */
export function codeOf(bytes: Uint8Array): string {
  const even = Array.from(bytes).filter((byte) => byte < EVEN_BYTES);
  if (even.length < LENGTH) throw new RangeError("too few bytes for a code");
  const characters = even.slice(0, LENGTH).map((byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return written(characters.join(""));
}

/** Reads the code that somebody typed, however they spaced it; undefined where it cannot be a code. */
export function readCode(typed: string): string | undefined {
  const characters = TYPED.exec(typed.normalize("NFKC").toUpperCase().replace(SEPARATORS, ""))?.[1];
  return characters && written(characters);
}

/** A code with its middle masked, by which people recognise it. */
export const maskCode = (code: string): string => `OWL-****-****-${code.slice(-GROUP)}`;

/** The keyed hash that is stored of a code. The mask shows so much of the code that a plain hash could be guessed. */
export const hashCode = ({ config }: Deps, code: string): string =>
  createHmac("sha256", config.JWT_SECRET).update(`recharge-code:${code}`).digest("hex");

function written(characters: string): string {
  const groups = Array.from({ length: LENGTH / GROUP }, (_, index) =>
    characters.slice(index * GROUP, (index + 1) * GROUP),
  );
  return ["OWL", ...groups].join("-");
}
