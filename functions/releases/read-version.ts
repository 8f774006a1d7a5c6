import { AppError } from "../core/errors.ts";
import { parseVersion, type Version } from "../kit/versions.ts";

/** @throws AppError INVALID_VERSION naming the field. */
export function readVersion(field: string, text: string): Version {
  const version = parseVersion(text);
  if (!version) throw new AppError("INVALID_VERSION", { field });
  return version;
}
