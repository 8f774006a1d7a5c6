import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reason } from "../stack/errors.ts";
import type { Bench } from "./bench-stack.ts";
import { measureBundle } from "./bundle.ts";
import { measureCatalogue } from "./catalogue.ts";
import { measureColdCheck } from "./cold-check.ts";
import { measureClaims, measureDispatch } from "./dispatch.ts";
import { median, table } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { measureFinishedTasks } from "./finished-tasks.ts";
import { measureForm } from "./form-upload.ts";
import { measureCheck, measureDownload, measureLegality } from "./hot-paths.ts";
import { measureManifest } from "./manifest.ts";
import { measurePlugins } from "./plugins.ts";
import { measurePublish } from "./publish.ts";
import { measureResolver } from "./resolver.ts";
import { measureSignedIn } from "./signed-in.ts";

const measurements: Record<string, (bench: Bench) => Promise<Figure[]>> = {
  check: measureCheck,
  cold: measureColdCheck,
  download: measureDownload,
  legality: measureLegality,
  "signed-in": measureSignedIn,
  publish: measurePublish,
  form: measureForm,
  bundle: measureBundle,
  catalogue: measureCatalogue,
  manifest: measureManifest,
  plugins: measurePlugins,
  dispatch: measureDispatch,
  claims: measureClaims,
  "finished-tasks": measureFinishedTasks,
  resolver: measureResolver,
};

const USAGE = `npm run bench -- [--only NAME]... [--json]
NAME: ${Object.keys(measurements).join(", ")}. Every stack it starts is its own, in a temporary folder that is removed.
`;

const options = { only: { type: "string", multiple: true }, json: { type: "boolean" } } as const;
const names = Object.keys(measurements);
let wanted: string[];
let json = false;
try {
  const { values } = parseArgs({ options });
  wanted = values.only ?? names;
  json = values.json ?? false;
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}`);
} catch (error) {
  process.stderr.write(`${reason(error)}\n${USAGE}`);
  process.exit(2);
}

const figures: Figure[] = [];
let failed = false;
for (const name of names.filter((one) => wanted.includes(one))) {
  const folder = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  const say = (text: string) => process.stderr.write(`${text}\n`);
  try {
    figures.push(...((await measurements[name]?.({ folder, say })) ?? []));
  } catch (error) {
    failed = true;
    process.stderr.write(`${name} does not work: ${reason(error)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
const report = figures.map((figure) => ({ ...figure, median: median(figure.rounds) }));
process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${table(figures)}\n`);
process.exit(failed ? 1 : 0);
