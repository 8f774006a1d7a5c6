import { createInterface } from "node:readline";
import { readConfig, settings } from "../../functions/declarations.ts";
import { MAX_PACKAGE_BYTES } from "../../functions/packages/settings.ts";
import { buildStack, type Built } from "./build.ts";
import { reason } from "./errors.ts";
import { migrateDatabase } from "./migrations.ts";
import type { WorkerSettings } from "./settings.ts";

/** How the process answers an errand, in one line. */
export type ErrandAnswer = { result: unknown } | { problem: string };

type BuildInput = { variables: Record<string, string>; bundle?: string; front: string };

/** The steps of a start that run in a process beside the supervisor; see errand.ts. */
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

async function answer(line: string): Promise<ErrandAnswer> {
  try {
    const { name, input } = JSON.parse(line) as { name: keyof typeof errands; input: unknown };
    return { result: await (errands[name] as (given: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    return { problem: reason(error) };
  }
}

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
  }
  process.exit();
}
