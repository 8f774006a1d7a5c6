import { z } from "zod";
import { ask } from "../client/ask.ts";
import type { Client } from "../client/client.ts";

const parts = z.record(z.string(), z.number());

const Adoption = z.looseObject({
  software: z.string(),
  days: z.int(),
  devices: z.int(),
  versions: z.array(
    z.looseObject({ version: z.string(), devices: z.int(), percent: z.number(), platforms: parts }),
  ),
});
export type Adoption = z.infer<typeof Adoption>;

const Daily = z.looseObject({
  from: z.string(),
  to: z.string(),
  counts: z.array(
    z.looseObject({
      day: z.string(),
      checks: z.int(),
      offers: z.int(),
      downloads: z.int(),
      installs: z.int(),
      failures: z.int(),
    }),
  ),
});
export type Daily = z.infer<typeof Daily>;

/** Which versions are in use, by devices that were seen in the last days. */
export const readAdoption = (client: Client, query: { software: string; days: number }) =>
  ask(client, Adoption, "GET", "/api/v1/statistics/adoption", { query, key: "required" });

/** What happened each day; dates such as 2026-01-31, both included. */
export const readDaily = (client: Client, query: { software: string; from: string; to: string }) =>
  ask(client, Daily, "GET", "/api/v1/statistics/daily", { query, key: "required" });
