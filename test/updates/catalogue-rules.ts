import { compareVersions, orderingKey, parseVersion, type Version } from "../../functions/kit/versions.ts";
import type { Entry } from "../support/domain/catalogue.ts";

/** What a device may be told, in plain words: to hold the server's answers against. */

export type Published = Pick<
  Entry,
  | "version"
  | "type"
  | "arch"
  | "channel"
  | "fromVersion"
  | "yanked"
  | "size"
  | "isWatershed"
  | "minUpdateFrom"
> & { id: number };

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(`${text} is no version`);
  return parsed;
};

const isNewer = (a: string, b: string) => compareVersions(version(a), version(b)) > 0;

/** What clients of a channel are offered besides it. */
const moreStable: Record<string, string[]> = {
  alpha: ["beta", "rc", "stable"],
  beta: ["rc", "stable"],
  rc: ["stable"],
};

/** What clients of a channel are offered at all. */
export const offeredOn = (channel: string, published: Published[]) =>
  published.filter(
    (one) => !one.yanked && [channel, ...(moreStable[channel] ?? ["stable"])].includes(one.channel),
  );

/** Whether nothing keeps a device from taking a version. */
function mayTake(published: Published[], from: string, to: string): boolean {
  const jumped = published.some(
    (one) => one.isWatershed && isNewer(one.version, from) && isNewer(to, one.version),
  );
  const lowest = published.find((one) => one.version === to)?.minUpdateFrom ?? null;
  return !jumped && (lowest === null || !isNewer(lowest, from));
}

/** The packages that lead from exactly one version to another, one of each type. */
function stepsBetween(published: Published[], from: string, to: string): Published[] {
  const line = (text: string) => version(text).numbers.slice(0, 2).join(".");
  const leading = published.filter(
    (one) =>
      one.version === to &&
      (one.type === "full" ||
        one.fromVersion === version(from).canonical ||
        (one.type === "hotfix" && one.fromVersion === null && line(from) === line(to))),
  );
  const isOwn = (one: Published) => one.arch !== "universal";
  const fitting = leading.filter(
    (one) =>
      isOwn(one) ||
      !leading.some((other) => isOwn(other) && (other.type === one.type || other.type === "full")),
  );
  return (["full", "patch", "hotfix"] as const).flatMap(
    (type) => fitting.filter((one) => one.type === type).toSorted((a, b) => b.id - a.id)[0] ?? [],
  );
}

const versionsOf = (published: Published[]) =>
  [...new Set(published.map((one) => one.version))].toSorted((a, b) =>
    orderingKey(version(a)) < orderingKey(version(b)) ? 1 : -1,
  );

export type Way = { cost: number; steps: Published[] };

/** The cheapest way from version to version, found by walking all of them. */
export function cheapest(
  published: Published[],
  from: string,
  to: string,
  stepCost: number,
  most = 10,
): Way | undefined {
  if (!isNewer(to, from)) return from === to ? { cost: 0, steps: [] } : undefined;
  if (most === 0) return undefined;
  let best: Way | undefined;
  for (const next of versionsOf(published)) {
    if (!isNewer(next, from) || isNewer(next, to)) continue;
    const lowest = published.find((one) => one.version === next)?.minUpdateFrom ?? null;
    if (lowest !== null && isNewer(lowest, from)) continue;
    for (const step of stepsBetween(published, from, next)) {
      const rest = cheapest(published, next, to, stepCost, most - 1);
      const cost = rest && rest.cost + step.size + stepCost;
      if (rest && cost !== undefined && cost < (best?.cost ?? Infinity)) {
        best = { cost, steps: [step, ...rest.steps] };
      }
    }
  }
  return best;
}

/** What a device is offered: the newest version that it may take and has a way to. */
export function offered(published: Published[], from: string, stepCost?: number): string | undefined {
  return versionsOf(published).find(
    (to) =>
      isNewer(to, from) &&
      mayTake(published, from, to) &&
      (stepsBetween(published, from, to).length > 0 ||
        (stepCost !== undefined && cheapest(published, from, to, stepCost) !== undefined)),
  );
}
