import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const workerTests = ["test/**/*.worker.test.ts", "test/worker/**/*.test.ts"];
const endToEndTests = ["test/e2e/**/*.test.ts"];
/** Where .ci/run wants the machine-readable result, besides the one for people. */
const report = process.env.TEST_REPORT;

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
          setupFiles: ["functions/declarations.ts"],
          testTimeout: 30_000,
          maxWorkers: 2,
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
          maxWorkers: 2,
        },
      },
      {
        root,
        test: {
          name: "e2e",
          include: endToEndTests,
          // Each of these starts whole stacks; side by side they would only wait for each other.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
