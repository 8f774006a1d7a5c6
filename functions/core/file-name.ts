import { AppError } from "./errors.ts";

/** What file systems and header fields can carry: characters, and bytes in UTF-8. */
const MAX_FILE_NAME = 255;

/** The same for descriptions, names of dots apart. */
export const FILE_NAME_SCHEMA = {
  minLength: 1,
  maxLength: MAX_FILE_NAME,
  pattern: "^[^/\\\\\\u0000-\\u001f\\u007f-\\u009f]*$",
} as const;

/**
 * @throws AppError INVALID_FILE_NAME for what is no plain file name: a path, nothing but dots, control characters, half
 * characters.
 */
export function requirePlainName(fileName: string): void {
  const bytes = Buffer.byteLength(fileName);
  const plain = bytes > 0 && bytes <= MAX_FILE_NAME && !/[/\\\p{Cc}\p{Cs}]/u.test(fileName);
  if (!plain || /^\.+$/.test(fileName)) throw new AppError("INVALID_FILE_NAME");
}
