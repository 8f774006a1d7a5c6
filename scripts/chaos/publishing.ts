import { LARGE_BYTES } from "./content.ts";
import { breakThings } from "./faults.ts";
import { checkLeftovers, checkPublications, checkTotals } from "./invariants.ts";
import { publishForms, publishSigned } from "./publishers.ts";
import { checkInBursts, checkVersions, download } from "./readers.ts";
import type { Scenario } from "./scenario.ts";
import type { Publication, PublishingWorld } from "./world.ts";

const KIB = 1024;
/** Publishers that race choose the same version within this time. */
const RACE_MS = 2500;
const UNLIMITED = "1000000000";

/** Publishers, downloaders and clients that check for updates. */
export function publishing(): Scenario {
  const apiKey = "chaos-publisher-key-0123456789";
  const publications: Publication[] = [];

  return {
    settings: {
      POLL_INTERVAL_SECONDS: "2",
      QUERIES_PER_MINUTE: UNLIMITED,
      UPLOADS_PER_HOUR: UNLIMITED,
      API_KEY: apiKey,
    },

    async underFaults(shared, server, { minutes }) {
      const world: PublishingWorld = { ...shared, apiKey, publications };
      const startedAt = Date.now();
      const numbered = (major: number) => {
        let number = 0;
        return () => `${major}.0.${number++}`;
      };
      const racing = () => `9.0.${Math.floor((Date.now() - startedAt) / RACE_MS)}`;
      const timer = setTimeout(world.end, minutes * 60_000);
      await Promise.all([
        publishSigned(world, 3 * KIB, numbered(1), true),
        publishSigned(world, 700 * KIB, numbered(2), true),
        publishSigned(world, LARGE_BYTES, numbered(3), true),
        publishSigned(world, 40 * KIB, racing, false),
        publishSigned(world, 40 * KIB, racing, false),
        publishForms(world, 50 * KIB, numbered(4)),
        publishForms(world, 9000 * KIB, numbered(5)),
        download(world),
        download(world),
        checkVersions(world),
        checkInBursts(world),
        breakThings(world, server),
      ]);
      clearTimeout(timer);
    },

    async afterwards(shared, stack, behind) {
      const world: PublishingWorld = { ...shared, apiKey, publications };
      await behind.finish();
      await checkPublications(world);
      await checkTotals(world, stack, behind);
      world.say("Time passes in the database: leases, deadlines, grace periods");
      await behind.letTimePass();
      await checkLeftovers(world, behind);
      await checkTotals(world, stack, behind);
      await stack.runCron("17 3 * * *");
      await checkPublications(world);
    },
  };
}
