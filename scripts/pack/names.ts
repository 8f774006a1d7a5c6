/**
 * The names of the packages, written here only, so that a scope can be added ("@example/slipway"). The commands stay
 * `slipway`, `slipway-server` and `slipway-agent` then, as all texts call them.
 */
export const names = { commandLine: "slipway", server: "slipway-server", agent: "slipway-agent" };
