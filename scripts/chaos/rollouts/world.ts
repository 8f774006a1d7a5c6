import type { World } from "../world.ts";

/** What all devices of a title say of its version. */
export type Verdict = "started" | "crashed";

/** A title whose only version is rolled out to as many devices as there are. */
export type Title = { software: string; verdict: Verdict };

/** What a receiver of webhooks was sent, by the message's id. A message may come again; it then has to say the same. */
export type Told = Map<string, { type: string; software: string; step: number; text: string }>;

export type RolloutsWorld = World & { apiKey: string; titles: Title[]; told: Told };

/** Devices of a title. */
export const DEVICES = 240;
/** Percent of the devices, step by step. Each step waits for its share of the reports. */
export const STEPS = [10, 20, 40, 60, 80, 100];
