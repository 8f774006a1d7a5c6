import { SlipwayError } from "../../../../scripts/client/library/library.ts";

/** What is wrong with a file itself. */
export class FileFault extends Error {}

/** What the server, or a look at the file, refuses: `field` is one of the form, or `file`. */
export type Refusal = { field: string; problem: string };

/** The fields of refusals whose sentences do not begin with them. */
const FIELD_OF_CODE: Readonly<Record<string, string>> = {
  PACKAGE_EXISTS: "version",
  INVALID_VERSION: "version",
  PRE_RELEASE: "is_stable",
  RELEASE_STABLE: "channel",
  ROLLOUT_DIFFERS: "rollout",
  ROLLOUT_LATE: "rollout",
  SOFTWARE_DELETED: "software",
  COMPANION_EXISTS: "file",
  COMPANION_MISMATCH: "file",
  EMPTY_FILE: "file",
  FILE_TOO_LARGE: "file",
  INVALID_BLOCKMAP: "file",
  INVALID_FILE_NAME: "file",
  INVALID_ZSYNC: "file",
  UNSUPPORTED_FILE_TYPE: "file",
  VALIDATION_ERROR: "file",
};

/** What was refused for good, so that sending it once more as it is would not help; undefined for any other failure. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof FileFault) return { field: "file", problem: error.message };
  if (!(error instanceof SlipwayError)) return undefined;
  const field = fieldOf(error.message) ?? FIELD_OF_CODE[error.code];
  return field === undefined ? undefined : { field, problem: error.message };
}

const FIELDS: readonly string[] = [
  "software",
  "description",
  "notes",
  "is_critical",
  "is_watershed",
  "is_stable",
  "min_update_from",
  "rollout",
  "version",
  "package_type",
  "from_version",
  "platform",
  "arch",
  "channel",
];

/**
 * The field that a refusal of the server begins with, as `rollout.steps: ...` does, in Chinese behind a word for "parameter";
 * undefined where it names none.
 */
export function fieldOf(sentence: string): string | undefined {
  const [, first] = /^[^A-Za-z]*(\w+)/.exec(sentence) ?? [];
  return FIELDS.find((field) => field === first);
}
