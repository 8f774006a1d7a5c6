import { AppError, type ErrorParams } from "../core/errors.ts";
import { PluginFault } from "./package/faults.ts";

/** Turns a fault of a package into INVALID_PLUGIN; anything else passes through. */
export function asInvalidPlugin(error: unknown): unknown {
  if (!(error instanceof PluginFault)) return error;
  const others = error.others.map(paramsOf);
  const further: ErrorParams = others.length === 0 ? {} : { further: JSON.stringify(others) };
  return new AppError("INVALID_PLUGIN", { ...paramsOf(error), ...further });
}

const paramsOf = ({ fault, details }: PluginFault): ErrorParams => ({
  ...details,
  reason: `plugin.fault.${fault}`,
});
