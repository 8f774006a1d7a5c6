import type { Ctx } from "../../core/context.ts";
import type { AppError } from "../../core/errors.ts";
import type { Publisher } from "../publisher.ts";
import type { Upload } from "../uploads.ts";

/** One form on its way to become an upload. */
export type Form = {
  readonly ctx: Ctx;
  readonly kind: string;
  readonly publisher: Publisher;
  /** The request's length, where it names one. */
  readonly declared: number | undefined;
  /** How many bytes a file may have here. */
  readonly limit: number;
  /** Its row, once there is one. */
  upload?: Upload;
  /**
   * Why the form is refused, unless its hash shows that the same bytes are published there already. Its bytes are not kept.
   */
  refused?: { refusal: AppError; draft: unknown };
};
