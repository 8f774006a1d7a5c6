import type { CorsRule } from "./http/cors.ts";
import { corsOf, limitsOf, type BucketOptions, type Limits } from "./options.ts";
import type { Store } from "./store/store.ts";

/** What every operation works with. */
export type Bucket = {
  name: string;
  region: string;
  limits: Limits;
  /** Whether to refuse what R2 refuses. */
  strict: boolean;
  store: Store;
  cors: {
    get: () => CorsRule[];
    put: (rules: CorsRule[]) => Promise<void>;
  };
  /** Milliseconds since 1970. */
  now: () => number;
};

export function bucketState(options: BucketOptions, store: Store): Bucket {
  const stored = store.settings.get("cors");
  let rules = stored === undefined ? corsOf(options) : (JSON.parse(stored) as CorsRule[]);
  return {
    name: options.bucket,
    region: options.region,
    limits: limitsOf(options),
    strict: options.strictAs === "r2",
    store,
    cors: {
      get: () => rules,
      async put(changed) {
        await store.commit(() => {
          store.settings.put("cors", JSON.stringify(changed));
        });
        rules = changed;
      },
    },
    now: options.clock ?? Date.now,
  };
}
