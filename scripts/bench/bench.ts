import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reason } from "../stack/errors.ts";
import { stopServers } from "./child-server.ts";
import { coresNote } from "./cores.ts";
import { measured, short, table } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { measurements, onlyWhenNamed } from "./measurements.ts";

const names = Object.keys(measurements);

const USAGE = `npm run bench -- [--only NAME]... [--json]
NAME: ${names.join(", ")}
(${onlyWhenNamed.join(", ")} only where it is named: it asks the npm registry.)
Every stack that it starts is its own, in a temporary folder that is removed. TMPDIR should be a disk, not memory.
`;

const { wanted, json } = readFlags();
const say = (text: string) => process.stderr.write(`${text}\n`);
const before = `load average before it ${short(loadavg()[0] ?? NaN)}`;
const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, ${coresNote}; ${before}`;
say(machine);

const figures: Figure[] = [];
let failed = false;
let current = "";
let abandoned: Promise<void> | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void (abandoned = abandon()));
for (const name of names.filter((one) => wanted.includes(one))) {
  // `abandon` ends this process. Waiting for it keeps the next measurement from beginning after this one has lost its
  // server.
  await abandoned;
  const folder = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  current = folder;
  try {
    figures.push(...((await measurements[name]?.({ folder, say })) ?? []));
  } catch (error) {
    failed = true;
    say(`${name} does not work: ${reason(error)}`);
  } finally {
    await remove(folder);
  }
}
const report = figures.map((figure) => ({ ...figure, measured: measured(figure) }));
process.stdout.write(
  json ? `${JSON.stringify({ machine, figures: report }, null, 2)}\n` : `${table(figures)}\n${machine}\n`,
);
process.exit(failed ? 1 : 0);

/** Ends the servers and removes the folder when the measurements are interrupted. */
async function abandon(): Promise<void> {
  await stopServers();
  if (current) await remove(current);
  process.exit(130);
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function readFlags(): { wanted: string[]; json: boolean } {
  try {
    const options = { only: { type: "string", multiple: true }, json: { type: "boolean" } } as const;
    const { values } = parseArgs({ options });
    const unknown = (values.only ?? []).filter((name) => !names.includes(name));
    if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}`);
    return {
      wanted: values.only ?? names.filter((name) => !onlyWhenNamed.includes(name)),
      json: values.json ?? false,
    };
  } catch (error) {
    process.stderr.write(`${reason(error)}\n${USAGE}`);
    process.exit(2);
  }
}
