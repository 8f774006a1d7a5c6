import type { z } from "zod";
import { agentData, ledgerData, storageData, taskData } from "./service-events.ts";
import { packageData, pluginData, releaseData } from "./software-events.ts";
import { rolloutData } from "./rollout-events.ts";

/** The shape of each type's data. Endpoints choose among these types, and there are no others. */
export const eventData = {
  "package.published": packageData,
  "package.yanked": packageData,
  "release.published": releaseData,
  "rollout.raised": rolloutData,
  "rollout.paused": rolloutData,
  "rollout.rolled_back": rolloutData,
  "rollout.completed": rolloutData,
  "rollout.failing": rolloutData,
  "plugin.published": pluginData,
  "task.completed": taskData,
  "task.failed": taskData,
  "task.cancelled": taskData,
  "storage.threshold": storageData,
  "ledger.mismatch": ledgerData,
  "agent.offline": agentData,
} as const;

export type EventType = keyof typeof eventData;

/** What an endpoint is sent to try it; nobody chooses it. */
export const TEST_EVENT = "webhook.test";

/** The data of a type. */
export type EventData<T extends EventType> = z.infer<(typeof eventData)[T]>;
