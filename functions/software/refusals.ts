import { ConstraintError } from "../core/database/database.ts";
import { AppError, type ErrorCode } from "../core/errors.ts";

/** What each constraint means that may refuse a change of software or versions. */
const refusals: Record<string, ErrorCode> = {
  "software.name_key": "SOFTWARE_EXISTS",
  "versions.software_id": "SOFTWARE_NOT_FOUND",
  "versions.software_id, versions.version": "VERSION_EXISTS",
  "versions.version": "VERSION_IN_USE",
};

/** A batch's answer. @throws AppError with the meaning of the constraint that refused it. */
export async function refusing<T>(batch: Promise<T>): Promise<T> {
  try {
    return await batch;
  } catch (error) {
    const code = error instanceof ConstraintError ? refusals[error.constraint] : undefined;
    throw code === undefined ? error : new AppError(code, {}, { cause: error });
  }
}
