import { rollOut } from "./devices.ts";
import { breakThings } from "../faults.ts";
import { receive, subscribe } from "./hook-receiver.ts";
import type { LocalServer } from "../local-server.ts";
import { checkCounts, checkMoves, checkTold } from "./invariants.ts";
import { STEPS } from "./world.ts";
import type { RolloutsWorld } from "./world.ts";
import type { Scenario } from "../scenario.ts";

const UNLIMITED = "1000000000";
const PUBLISHERS = 3;

/** Rollouts that steer themselves by what devices say, and a webhook that is told of every move. */
export function rollouts(): Scenario {
  const own = { apiKey: "chaos-publisher-key-0123456789", titles: [], told: new Map() };
  let receiver: LocalServer | undefined;

  return {
    settings: {
      POLL_INTERVAL_SECONDS: "1",
      QUERIES_PER_MINUTE: UNLIMITED,
      UPLOADS_PER_HOUR: UNLIMITED,
      SIGNALS_PER_MINUTE: "1000000",
      API_KEY: own.apiKey,
    },

    async underFaults(shared, server, { minutes }) {
      const world: RolloutsWorld = { ...shared, ...own };
      receiver = await receive(world);
      await subscribe(world, receiver.url);
      const timer = setTimeout(world.end, minutes * 60_000);
      await Promise.all([
        ...Array.from({ length: PUBLISHERS }, (_, index) => rollOut(world, index + 1)),
        breakThings(world, server),
      ]);
      clearTimeout(timer);
    },

    async afterwards(shared, _stack, behind) {
      const world: RolloutsWorld = { ...shared, ...own };
      try {
        // Leases of what was killed end; each tick moves a rollout by a step, and sends what is due.
        for (const _step of [...STEPS, "and once more"]) {
          await behind.query(
            "UPDATE webhook_deliveries SET next_at = 0, lease_until = 0 WHERE state = 'pending'",
          );
          await behind.finish();
        }
        await checkCounts(world, behind);
        await checkMoves(world, behind);
        checkTold(world);
      } finally {
        await receiver?.close();
      }
    },
  };
}
