import type { Config } from "../core/env.ts";
import { AppError } from "../core/errors.ts";

/** What file systems and header fields can carry. */
const MAX_FILE_NAME = 255;

/**
 * The extension of an offered file, whole (`.tar.gz`) and in the spelling of the settings.
 * @throws AppError INVALID_FILE_NAME for what is no plain file name, UNSUPPORTED_FILE_TYPE for an extension not taken.
 */
export function packageExtension(config: Config, fileName: string): string {
  const plain = fileName.length > 0 && fileName.length <= MAX_FILE_NAME && !/[/\\\p{Cc}]/u.test(fileName);
  if (!plain || /^\.+$/.test(fileName)) throw new AppError("INVALID_FILE_NAME");
  const lower = fileName.toLowerCase();
  const extension = config.PACKAGE_EXTENSIONS.filter(
    (candidate) => lower.endsWith(candidate.toLowerCase()) && lower.length > candidate.length,
  ).toSorted((a, b) => b.length - a.length)[0];
  if (extension !== undefined) return extension;
  throw new AppError("UNSUPPORTED_FILE_TYPE", { extension: /\.[^.]{0,16}$/.exec(fileName)?.[0] ?? "-" });
}
