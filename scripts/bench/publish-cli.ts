import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Target } from "./bench-stack.ts";
import { runNode } from "./run-node.ts";

const SLIPWAY = fileURLToPath(new URL("../cli/slipway.ts", import.meta.url));
/** The command line's default; plain PUTs also send this many parts at a time. */
export const JOBS = 4;
const LOOK_MS = 20;
const OFFERED_MS = 240_000;
/** The target that is published and asked for, whatever machine this is. */
export const TARGET = { platform: "windows", arch: "x64" };

/** Publishes a full package by the command line. Resolves with the seconds from its start to its end. */
export async function publishByCli(
  target: Target,
  options: { version: string; file: string; home: string; flags?: string[] },
): Promise<number> {
  const { version, file, home, flags = [] } = options;
  const place = [
    "--version",
    version,
    "--type",
    "full",
    "--platform",
    TARGET.platform,
    "--arch",
    TARGET.arch,
  ];
  return slipway(target, home, ["publish", file, ...place, "--jobs", String(JOBS), "--json", ...flags]);
}

/** Publishes a folder as one release by the command line. Resolves with the seconds from its start to its end. */
export const publishFolderByCli = (target: Target, { folder, home }: { folder: string; home: string }) =>
  slipway(target, home, ["publish", folder, "--yes", "--jobs", String(JOBS), "--json"]);

/** Runs the command line with a folder of its own for what it keeps. Resolves with the seconds that it took. */
async function slipway(target: Target, home: string, args: readonly string[]): Promise<number> {
  const { seconds } = await runNode([SLIPWAY, ...args], {
    env: {
      SLIPWAY_URL: target.url,
      SLIPWAY_API_KEY: target.settings.API_KEY ?? "",
      HOME: home,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_STATE_HOME: join(home, "state"),
    },
  });
  return seconds;
}

/**
 * Publishes with a command line that does not wait until the package is verified. Both results are seconds from its start.
 * `sent`: it ended, and the server has accepted all bytes in the bucket. `offered`: a client that asked was offered the
 * version.
 */
export async function publishUntilOffered(
  target: Target,
  options: { version: string; file: string; home: string },
): Promise<{ sent: number; offered: number }> {
  const { publishing, offered } = await untilOffered(target, options.version, () =>
    publishByCli(target, { ...options, flags: ["--no-wait"] }),
  );
  return { sent: publishing, offered };
}

/**
 * Publishes a version of the default software by `publish`.
 * @returns what `publish` resolved with, and the seconds from its start until a client that asked was offered the version
 */
export async function untilOffered<T>(
  target: Target,
  version: string,
  publish: () => Promise<T>,
): Promise<{ publishing: T; offered: number }> {
  const startedAt = performance.now();
  let failure: unknown;
  const publishing = publish();
  const settled = publishing.catch((error: unknown) => (failure = error));
  try {
    const offered = await whenOffered(target, version, startedAt, () => failure);
    return { publishing: await publishing, offered };
  } finally {
    await settled;
  }
}

async function whenOffered(
  target: Target,
  version: string,
  startedAt: number,
  failure: () => unknown,
): Promise<number> {
  const query = new URLSearchParams({ current_version: "0.0.1", ...TARGET });
  for (;;) {
    const answer = await fetch(`${target.url}/api/v1/version/check?${query}`);
    const { latest_version } = (await answer.json()) as { latest_version?: string };
    if (latest_version === version) return (performance.now() - startedAt) / 1000;
    if (failure() !== undefined) throw failure();
    if (performance.now() - startedAt > OFFERED_MS) throw new Error(`${version} is not offered`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
