import type { Stack } from "../stack/stack.ts";
import type { Aftermath } from "./aftermath.ts";
import type { Server } from "./server.ts";
import type { World } from "./world.ts";

/** One story of a run: who uses the stack while it is broken, and what has to hold when all is quiet. */
export type Scenario = {
  /** Of the stack, besides its port. */
  settings: Record<string, string>;
  /** Uses and breaks a started server until `world.over`, for so many minutes or a little longer. */
  underFaults: (world: World, server: Server, minutes: number) => Promise<void>;
  /** Says what is violated, on a stack without a clock of its own. */
  afterwards: (world: World, stack: Stack, behind: Aftermath) => Promise<void>;
};
