import type { Bench } from "./bench-stack.ts";
import { measureBundle } from "./bundle.ts";
import { measureCatalogue } from "./catalogue.ts";
import { measureCheck } from "./check.ts";
import { measureClaims } from "./claims.ts";
import { measureColdCheck } from "./cold-check.ts";
import { measureConsole } from "./console.ts";
import { asGenerator } from "./cores.ts";
import { measureDownload } from "./download.ts";
import { measureFeeds } from "./feeds.ts";
import type { Figure } from "./figure.ts";
import { measureFinishedTasks } from "./finished-tasks.ts";
import { measureForms } from "./forms.ts";
import { measureLegality, measureRedirect } from "./hot-paths.ts";
import { measureInstall } from "./install.ts";
import { measureManifest } from "./manifest.ts";
import { measureMemory } from "./memory.ts";
import { measurePlanner } from "./planner.ts";
import { measurePlugins } from "./plugins.ts";
import { measurePublishFolder } from "./publish-folder.ts";
import { measurePublish } from "./publish.ts";
import { measurePuts } from "./puts.ts";
import { measureResolver } from "./resolver.ts";
import { measureRollouts } from "./rollouts.ts";
import { measureSignedIn } from "./signed-in.ts";
import { measureSignals } from "./signals.ts";
import { measureTasks } from "./tasks.ts";

type Measure = (bench: Bench) => Promise<Figure[]>;

/** Runs a measurement on a real stack, which has a core of its own, while this process keeps to the other core. */
const apart =
  (measure: Measure): Measure =>
  (bench) =>
    asGenerator(() => measure(bench));

/** All measurements, in the order in which they run. */
export const measurements: Record<string, Measure> = {
  check: apart(measureCheck),
  publish: apart(measurePublish),
  "publish-folder": apart(measurePublishFolder),
  console: measureConsole,
  puts: apart(measurePuts),
  download: apart(measureDownload),
  forms: apart(measureForms),
  tasks: apart(measureTasks),
  memory: apart(measureMemory),
  redirect: apart(measureRedirect),
  legality: apart(measureLegality),
  signals: apart(measureSignals),
  claims: apart(measureClaims),
  cold: measureColdCheck,
  feeds: measureFeeds,
  rollouts: apart(measureRollouts),
  "signed-in": measureSignedIn,
  bundle: measureBundle,
  catalogue: measureCatalogue,
  manifest: measureManifest,
  plugins: measurePlugins,
  "finished-tasks": measureFinishedTasks,
  planner: measurePlanner,
  resolver: measureResolver,
  install: measureInstall,
};

/** Runs only where it is named, because it needs the npm registry. */
export const onlyWhenNamed: readonly string[] = ["install"];
