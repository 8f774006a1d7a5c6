import { message, type Locale } from "../../core/locale/locale.ts";
import type { Reason } from "./solver/registry.ts";

/** How many versions a message names; the data has them all. */
const MOST_NAMED = 3;

/** A reason as clients get it. */
export type Conflict = {
  /** The plugin that is wanted, or that stands in the way. */
  plugin: string;
  /** "request", or the versions of a plugin: `com.b@1.2.0`. */
  wanted_by: string;
  range?: string;
  reason: Reason["kind"];
  /** The versions of `wanted_by` that have this reason. */
  versions?: string[];
  /** The engine whose version does not fit. */
  engine?: string;
  message: string;
};

/** A reason in one language. */
export function describeReason(locale: Locale, reason: Reason): Conflict {
  const say = (key: Parameters<typeof message>[1], params: Record<string, string>) =>
    message(locale, key, params);
  const by = "by" in reason ? nameVersions(reason.by, reason.versions) : "request";
  switch (reason.kind) {
    case "requested": {
      const { kind, plugin, range, hasNone, prerelease = "" } = reason;
      const none = prerelease ? "resolve.requestedPrerelease" : "resolve.requestedNone";
      const key = hasNone ? none : "resolve.requested";
      return {
        plugin,
        wanted_by: by,
        range,
        reason: kind,
        message: say(key, { plugin, range: rangeText(range), prerelease }),
      };
    }
    case "installed": {
      const { kind, plugin, version } = reason;
      return { plugin, wanted_by: by, reason: kind, message: say("resolve.installed", { plugin, version }) };
    }
    case "dependency": {
      const { kind, plugin, range, hasNone, versions, prerelease = "" } = reason;
      const none = prerelease ? "resolve.dependencyPrerelease" : "resolve.dependencyNone";
      const key = hasNone ? none : "resolve.dependency";
      const text = say(key, { by, plugin, range: rangeText(range), prerelease });
      return { plugin, wanted_by: by, range, reason: kind, versions, message: text };
    }
    case "engine": {
      const { kind, engine, range, actual, versions } = reason;
      const text = say("resolve.engine", { by, engine, range: rangeText(range), actual });
      return { plugin: reason.by, wanted_by: by, range, reason: kind, versions, engine, message: text };
    }
    case "integrity": {
      const { kind, versions } = reason;
      return {
        plugin: reason.by,
        wanted_by: by,
        reason: kind,
        versions,
        message: say("resolve.integrity", { by }),
      };
    }
    case "disabled":
    case "unknown": {
      const { kind, plugin } = reason;
      const key = kind === "disabled" ? "resolve.disabled" : "resolve.unknown";
      return { plugin, wanted_by: by, reason: kind, message: say(key, { plugin }) };
    }
  }
}

/** An empty range is shown as `*`, any version. */
export const rangeText = (range: string) => (range.trim() === "" ? "*" : range);

function nameVersions(name: string, versions: readonly string[]): string {
  const named = versions.slice(0, MOST_NAMED).join(", ");
  return `${name}@${named}${versions.length > MOST_NAMED ? ` (+${versions.length - MOST_NAMED})` : ""}`;
}
