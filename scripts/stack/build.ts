import { writeFileSync } from "node:fs";
import { ASSETS, BUNDLE, buildWorker } from "../build-worker.ts";
import { assetManifest } from "./assets-manifest.ts";
import { frontModule } from "./front-module.ts";
import { readWranglerOptions } from "./wrangler.ts";

/** What workerd is to run: modules by their folder, and how. */
export type Built = {
  bundle: string;
  assets: string;
  crons: string[];
  compatibilityDate: string;
  compatibilityFlags: string[];
};

/**
 * Builds the bundle, unless another is given, and writes the module before it into the file `front`.
 * The package to install brings both: scripts/pack/server/build.ts.
 * @throws StackError with the bundler's own words when it does not build.
 */
export async function buildStack(front: string, bundle?: string): Promise<Built> {
  if (bundle === undefined) await buildWorker();
  const { crons, compatibilityDate, compatibilityFlags } = await readWranglerOptions();
  writeFileSync(front, await frontModule("index.js", assetManifest(ASSETS)), { mode: 0o600 });
  return { bundle: bundle ?? BUNDLE, assets: ASSETS, crons, compatibilityDate, compatibilityFlags };
}
