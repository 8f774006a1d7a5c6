import { AppError } from "../../core/errors.ts";
import { TooComplex } from "./solver/limits.ts";

/** The solver's giving up as clients are told of it; anything else passes through. */
export function asTooComplex(error: unknown): unknown {
  if (!(error instanceof TooComplex)) return error;
  const reason = error.of === "plugins" ? "resolve.tooManyPlugins" : "resolve.tooManySteps";
  return new AppError("RESOLUTION_TOO_COMPLEX", { reason, limit: error.limit });
}
