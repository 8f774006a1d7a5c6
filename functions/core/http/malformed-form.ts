import type { MultipartError } from "../../kit/multipart/multipart.ts";
import { AppError } from "../errors.ts";
import type { TextKey } from "../locale/locale.ts";

/** The refusal of a form that cannot be read; what is wrong with it in detail is for the log. */
export function malformedForm(error: MultipartError): AppError {
  const reason: TextKey = `form.${error.code}`;
  return new AppError("MALFORMED_BODY", { reason }, { cause: error });
}
