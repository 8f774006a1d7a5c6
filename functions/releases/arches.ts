import type { arches } from "../../schema/packages.ts";

export type Arch = (typeof arches)[number];

/** The arch of packages that run on every device of their platform. */
export const UNIVERSAL = "universal" satisfies Arch;

/** The archs whose packages a device takes, the preferred one first: its own, then `universal`. */
export const archesFor = (arch: Arch): [Arch, ...Arch[]] =>
  arch === UNIVERSAL ? [UNIVERSAL] : [arch, UNIVERSAL];
