import type { Config } from "../core/env.ts";
import { AppError } from "../core/errors.ts";
import { requirePlainName } from "../core/file-name.ts";

/**
 * The extension of an offered file, whole (`.tar.gz`) and in the spelling of the settings.
 * @throws AppError INVALID_FILE_NAME for what is no plain file name, UNSUPPORTED_FILE_TYPE for an extension not taken.
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
