import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "./bench-stack.ts";
import { download } from "./downloads.ts";
import type { Downloads } from "./downloads.ts";
import { atLeast, atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { writeRandom } from "./files.ts";
import { startOriginal } from "./original.ts";
import { startPlainServer } from "./plain-server.ts";
import { publishByCli } from "./publish-cli.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";

const MIB = 1024 * 1024;
const SIZE_MIB = 500;
const ROUNDS = 3;
const LEAST = 0.8;
const FIRST_BYTE_MS = 1000;

/**
 * Downloads of 500 MiB through the redirect, compared with FastAPI's FileResponse, or with a plain Node server where there
 * is no Python.
 */
export async function measureDownload(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const file = join(bench.folder, "package.zip");
    await writeRandom(file, SIZE_MIB);
    await publishByCli(stack, { version: "1.0.0", file, home: bench.folder });
    const url = await downloadUrl(stack);
    const original = await startOriginal(bench);
    const other = original ?? (await startPlainServer(bench));
    try {
      await copyFile(file, join(other.folder, "package.zip"));
      const otherUrl = original ? `${other.url}/files/package.zip` : `${other.url}/package.zip`;
      const name = original?.name ?? "a plain Node server (no FastAPI here)";
      const figures: Figure[] = [];
      for (const clients of [1, 8])
        figures.push(...(await compareDownloads(bench, clients, url, { url: otherUrl, name })));
      return figures;
    } finally {
      await other.stop();
    }
  } finally {
    await stack.stop();
  }
}

/** The full package's address, as the version check tells it to a client. */
export async function downloadUrl(stack: RealStack): Promise<string> {
  const query = new URLSearchParams({ current_version: "0.0.1", platform: "windows", arch: "x64" });
  const answer = await fetch(`${stack.url}/api/v1/version/check?${query}`);
  const text = await answer.text();
  const path = /"(?:[^"]*)(\/downloads\/full\/[^"]+)"/.exec(text)?.[1];
  if (path === undefined) throw new Error(`no download is offered: ${text}`);
  return stack.url + path;
}

async function compareDownloads(
  bench: Bench,
  clients: number,
  url: string,
  other: { url: string; name: string },
): Promise<Figure[]> {
  const size = SIZE_MIB * MIB;
  const [mine, theirs]: [Downloads[], Downloads[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    bench.say(`download by ${clients}: round ${round + 1} of ${ROUNDS}`);
    mine.push(await download({ url, clients }, size));
    theirs.push(await download({ url: other.url, clients }, size));
  }
  const by = clients === 1 ? "1 client" : `${clients} clients`;
  const rates = (all: Downloads[]) => all.map(({ bytesPerSecond }) => bytesPerSecond);
  const firsts = (all: Downloads[]) => all.map(({ worstFirstByteMs }) => worstFirstByteMs);
  const side = (name: string, all: Downloads[]) =>
    `${name}: ${short(median(rates(all)) / 1e6)} MB/s, first byte within ${short(median(firsts(all)))} ms`;
  const ratios = rates(mine).map((rate, round) => rate / (rates(theirs)[round] ?? NaN));
  return [
    atLeast(LEAST, "x", `download of ${SIZE_MIB} MiB by ${by}, rate / FileResponse`, ratios, [
      side("ours, through the redirect", mine),
      side(other.name, theirs),
    ]),
    atMost(FIRST_BYTE_MS, "ms", `download by ${by}: first byte, the worst client`, firsts(mine)),
  ];
}
