/**
 * What is said of files, in English and by code, so that whoever shows it can say it in another language. `{name}` stands for a
 * value.
 */
export const SENTENCES = {
  partOfBundle: "it is a part of what the {bundler} bundler made",
  ownerMissing: "the file that it belongs to, {owner}, is not here",
  ownerUnpublished: "{owner} is not published either",
  noSignature: "it is no signature of Tauri's signer or minisign",
  listedMissing: "{list} lists it, but it is not here",
  namedMissing: "{list} names it, but it is not here",
  noBase: "{list} has no version that it leads from",
  typeNotTaken: "no server takes files of its type",
  sparkleDelta:
    "deltas of Sparkle's are made and served by generate_appcast alone; its full update is published",
  unknownFile: "it is no package, and belongs to none",
  untold:
    "{tools} tells no updater of it, and its name does not say that it is of the same build; publish it by itself if it is wanted",
  double: "{first} is the .{format} of {version} for {platform} {arch}, and a release has one",
  sizePack: "{path} has {size} bytes, and {list} says {listed}: pack both anew.",
  sizeBuild: "{path} has {size} bytes, and {list} says {listed}: build both anew.",
  sizeAppcast: "{path} has {size} bytes, and {list} says {listed}: run generate_appcast again.",
  newestListed: "{version}, the newest that {list} lists: its name says none",
  severalArchs: "it installs {archs}, whichever the machine is",
  archLeftOut: "x64, which electron-builder leaves out of names; --arch says it otherwise",
} as const;

export type SentenceCode = keyof typeof SENTENCES;
export type Values = Readonly<Record<string, string | number>>;
/** A sentence: its code and values, and what they come to in English. */
export type Sentence = { code: SentenceCode; values: Values; text: string };

/** Says something of a file. */
export function say(code: SentenceCode, values: Values = {}): Sentence {
  const text = SENTENCES[code].replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name]));
  return { code, values, text };
}
