import type { Config } from "../core/env.ts";
import { AppError } from "../core/errors.ts";
import { requirePlainName } from "../core/file-name.ts";

/**
 * The whole extension of an offered file (`.tar.gz`), spelled as in the settings.
 * @throws AppError INVALID_FILE_NAME for a name that is not a plain file name, UNSUPPORTED_FILE_TYPE for an extension that
 *   is not taken.
 */
export function packageExtension(config: Config, fileName: string): string {
  requirePlainName(fileName);
  const lower = fileName.toLowerCase();
  const extension = config.PACKAGE_EXTENSIONS.filter(
    (candidate) => lower.endsWith(candidate.toLowerCase()) && lower.length > candidate.length,
  ).toSorted((a, b) => b.length - a.length)[0];
  if (extension !== undefined) return extension;
  throw new AppError("UNSUPPORTED_FILE_TYPE", { extension: /\.[^.]{0,16}$/.exec(fileName)?.[0] ?? "-" });
}
