/** What the resolver knows of one published version. */
export type RegistryVersion = {
  version: string;
  /** Whether the version or its plugin is marked as deprecated. */
  isDeprecated: boolean;
  /** Whether the version itself is marked as deprecated. */
  isMarked: boolean;
  /** Bytes. */
  size: number;
  /** Hex, lower case. */
  sha256: string;
  /** Plugin name to range. */
  dependencies: Readonly<Record<string, string>>;
  /** Engine name, in any case, to range. */
  engines: Readonly<Record<string, string>>;
};

export type RegistryPlugin = { isEnabled: boolean; versions: readonly RegistryVersion[] };

/** Plugins by their exact names; at least all that a request reaches. */
export type Registry = { get(name: string): RegistryPlugin | undefined };

export type ResolveRequest = {
  /** Plugin name to the range wanted. */
  install: ReadonlyMap<string, string>;
  /** Plugin name to the version that is there. */
  installed: ReadonlyMap<string, string>;
  /** Engine name, in any case, to its version. */
  engines: ReadonlyMap<string, string>;
  /** Plugin name to the SHA-256 that its version must have. */
  integrity: ReadonlyMap<string, string>;
};

/** `published` is null for an installed version that the registry does not know or whose plugin is disabled. */
export type ChosenVersion = { name: string; version: string; published: RegistryVersion | null };

/**
 * One thing that somebody wants, or that stands in the way. With `hasNone`, no version of the plugin is in the range;
 * `prerelease` is then the newest pre-release of a version that would be.
 */
export type Reason =
  | { kind: "requested"; plugin: string; range: string; hasNone: boolean; prerelease?: string }
  | { kind: "installed"; plugin: string; version: string }
  | {
      kind: "dependency";
      by: string;
      versions: string[];
      plugin: string;
      range: string;
      hasNone: boolean;
      prerelease?: string;
    }
  | { kind: "engine"; by: string; versions: string[]; engine: string; range: string; actual: string }
  | { kind: "integrity"; by: string; versions: string[] }
  | { kind: "disabled"; plugin: string }
  | { kind: "unknown"; plugin: string };

/** A limit that was reached before there was an answer: of plugins in a set, or of steps. */
export type Exceeded = { exceeded: "plugins" | "steps"; limit: number };

export type Resolution = { plan: ChosenVersion[] } | { conflict: Reason[] } | Exceeded;
