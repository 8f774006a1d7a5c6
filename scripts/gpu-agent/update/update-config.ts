import { z } from "zod";

/** How an agent keeps itself up to date, as its config file says it. Times may be fractions. */
export const updateSettings = z.strictObject({
  /** The software on the Slipway server whose packages are agents. */
  software: z.string().min(1).max(64).default("slipway-agent"),
  channel: z.string().min(1).max(32).default("stable"),
  check_minutes: z.number().positive().max(10_080).default(60),
  /** How long running tasks may take to end, before an update is put off until the next check. */
  drain_minutes: z.number().positive().max(10_080).default(60),
  /** How long a new version may take until the server has accepted its first heartbeat. */
  ready_seconds: z.number().positive().max(3_600).default(120),
  /** How long a new version has to stay up before the one before it is given up. */
  proof_minutes: z.number().positive().max(1_440).default(10),
});

export type UpdateSettings = z.infer<typeof updateSettings>;
