import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startTestStack } from "./start-test-stack.ts";

/** What tests know of the stack that all files of the `worker` project share. */
export type SharedStack = {
  url: string;
  settings: Record<string, string>;
  logFile: string;
  controlSocket: string;
};

declare module "vitest" {
  export interface ProvidedContext {
    stack: SharedStack;
  }
}

/** Starts one real stack for the whole `worker` project and stops it at the end. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), "slipway-test-"));
  const logFile = join(folder, "worker.log");
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const stack = await startTestStack({}, folder, logFile);
    // Makes the first administrator, before a test makes another and there is no need for one.
    await stack.runCron("* * * * *");
    const { url, settings, controlSocket } = stack;
    project.provide("stack", { url, settings, controlSocket, logFile });
    return async () => {
      try {
        await stack.stop();
      } finally {
        await remove();
      }
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
