import type { Ctx } from "../../core/context.ts";
import type { AppError } from "../../core/errors.ts";
import type { Publisher } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/** One request on its way to an upload. */
export type Form = {
  readonly ctx: Ctx;
  readonly kind: string;
  readonly publisher: Publisher;
  /** The request's length, where it says one. */
  readonly declared: number | undefined;
  /** Bytes that a file may have here. */
  readonly limit: number;
  /** Its row, once there is one. */
  upload?: Upload;
  /** It is refused, unless its hash shows that the same bytes were published there before. Its bytes are not kept. */
  refused?: { refusal: AppError; draft: unknown };
};
