import type { Stack } from "../stack/stack.ts";
import type { Aftermath } from "./aftermath.ts";
import type { Server } from "./server.ts";
import type { World } from "./world.ts";

/** How much of it is wanted: so many minutes, or, where a story counts them, so many starts. */
export type Extent = { minutes: number; starts: number };

/** One story of a run: who uses the stack while it is broken, and what has to hold when all is quiet. */
export type Scenario = {
  /** Of the stack, besides its port. */
  settings: Record<string, string>;
  /** The story begins before the server does, and starts it itself. Otherwise it is there. */
  startsItself?: boolean;
  /** Uses and breaks a server until `world.over`, and leaves it running. */
  underFaults: (world: World, server: Server, extent: Extent) => Promise<void>;
  /** Says what is violated, on a stack without a clock of its own. */
  afterwards: (world: World, stack: Stack, behind: Aftermath) => Promise<void>;
};
