import type { Stack } from "../stack/stack.ts";
import type { Aftermath } from "./aftermath.ts";
import type { Server } from "./server.ts";
import type { World } from "./world.ts";

/** How long a run is: in minutes, or in starts for a scenario that counts starts. */
export type Extent = { minutes: number; starts: number };

/** A scenario: who uses the stack while it is broken, and what must hold when all is quiet. */
export type Scenario = {
  /** The stack's settings, besides its port. */
  settings: Record<string, string>;
  /** Whether the scenario starts the server itself. Otherwise the server already runs. */
  startsItself?: boolean;
  /** Uses and breaks the server until `world.over` fires, and leaves it running. */
  underFaults: (world: World, server: Server, extent: Extent) => Promise<void>;
  /** Reports violations that it finds on a stack without cron. */
  afterwards: (world: World, stack: Stack, behind: Aftermath) => Promise<void>;
};
