/**
 * The names of the packages, written here only, so that a scope can be added ("@example/slipway"). The commands stay
 * `slipway` and `slipway-server` then, as all texts call them.
 */
export const names = { commandLine: "slipway", server: "slipway-server" };
