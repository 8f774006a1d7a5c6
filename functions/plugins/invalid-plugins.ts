import { AppError } from "../core/errors.ts";
import { PluginFault } from "./package/faults.ts";

/** A fault of a package as the surface's refusal; anything else passes through. */
export function asInvalidPlugin(error: unknown): unknown {
  if (!(error instanceof PluginFault)) return error;
  return new AppError("INVALID_PLUGIN", { reason: `plugin.fault.${error.fault}`, ...error.details });
}
