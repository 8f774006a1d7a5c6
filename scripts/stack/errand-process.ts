import { text } from "node:stream/consumers";
import { readConfig, settings } from "../../functions/declarations.ts";
import { MAX_PACKAGE_BYTES } from "../../functions/packages/settings.ts";
import { buildStack, type Built } from "./build.ts";
import { reason } from "./errors.ts";
import { migrateDatabase } from "./migrations.ts";
import type { WorkerSettings } from "./settings.ts";

/** How a process that ran an errand answers. */
export type ErrandAnswer = { result: unknown } | { problem: string };

type BuildInput = { variables: Record<string, string>; bundle?: string; front: string };

/** The steps of a start that run in a process of their own; see errand.ts. */
export const errands = {
  /** The names of the Worker's settings, and their largest package. */
  settings: (): Promise<WorkerSettings> =>
    Promise.resolve({ names: Object.keys(settings), maxPackageBytes: MAX_PACKAGE_BYTES }),

  /**
   * Reads the Worker's variables as the Worker will, builds the bundle unless another is given, and writes the module that
   * stands before it into the file `front`.
   */
  build({ variables, bundle, front }: BuildInput): Promise<Built> {
    readConfig(variables);
    return buildStack(front, bundle);
  },

  async migrate(database: { url: string; authToken?: string; migrations?: string }): Promise<null> {
    await migrateDatabase(database.url, database.authToken, database.migrations);
    return null;
  },
};

if (import.meta.main) {
  const errand = errands[process.argv[2] as keyof typeof errands] as (input: unknown) => Promise<unknown>;
  let answer: ErrandAnswer;
  try {
    answer = { result: await errand(JSON.parse(await text(process.stdin))) };
  } catch (error) {
    answer = { problem: reason(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit());
}
