/**
 * What the packages are called, and nowhere else: a scope goes in front ("@example/slipway"). The commands in them stay
 * `slipway` and `slipway-server`, as all texts call them.
 */
export const names = { commandLine: "slipway", server: "slipway-server" };
