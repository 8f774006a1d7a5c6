import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { placeTemporaryFiles } from "./support/temporary-files.ts";

placeTemporaryFiles();

const root = fileURLToPath(new URL("..", import.meta.url));
const workerTests = ["test/**/*.worker.test.ts", "test/worker/**/*.test.ts"];
const endToEndTests = ["test/e2e/**/*.test.ts"];
/** Where .ci/run wants the machine-readable result, besides the one for people. */
const report = process.env.TEST_REPORT;
/** Files that run at once, of all projects together. More than CI has cores: tests wait for servers a good part of the time. */
const maxWorkers = 4;

export default defineConfig({
  root,
  test: {
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    projects: [
      {
        root,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...workerTests, ...endToEndTests],
          setupFiles: ["test/support/own-modules.ts"],
          testTimeout: 30_000,
          maxWorkers,
          isolate: false,
        },
      },
      {
        root,
        test: {
          name: "worker",
          include: workerTests,
          exclude: endToEndTests,
          setupFiles: ["functions/declarations.ts"],
          globalSetup: ["test/support/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers,
          // All of them ask one server by HTTP and replace nothing in their process, so one process may run many.
          isolate: false,
        },
      },
      {
        root,
        test: {
          name: "e2e",
          include: endToEndTests,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Real processes and browsers on a machine that may pause: what fails once on CI is tried once more, and named.
          retry: process.env.CI ? 1 : 0,
          maxWorkers,
        },
      },
    ],
  },
});
