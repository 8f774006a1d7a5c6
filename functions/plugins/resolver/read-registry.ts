import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { selectReachedPlugins } from "./registry.sql.ts";
import type { Registry, RegistryPlugin, RegistryVersion } from "./solver/registry.ts";

/** A version as the database writes it. */
type VersionRow = [
  version: string,
  isMarked: number,
  isPluginDeprecated: number,
  size: number,
  sha256: string,
  dependencies: Record<string, string>,
  engines: Record<string, string>,
];

/**
 * The part of the registry that can be reached from these names through the dependencies of any version. One round trip; a
 * plugin's versions are only parsed when somebody asks for them.
 * @throws AppError RESOLUTION_TOO_COMPLEX where that part is too large.
 */
export async function readRegistry(ctx: Ctx, names: readonly string[]): Promise<Registry> {
  const rows = await ctx.deps.db.read((q) => selectReachedPlugins(q, names));
  if (rows.some(({ isWhole }) => !isWhole)) {
    throw new AppError("RESOLUTION_TOO_COMPLEX", { reason: "resolve.tooManyVersions" });
  }
  const parts = Map.groupBy(rows, ({ name }) => name);
  const plugins = new Map<string, RegistryPlugin>();
  return {
    get(name) {
      const known = plugins.get(name);
      const own = parts.get(name);
      if (known || !own) return known;
      const versions = own.flatMap(({ versions }) => JSON.parse(versions ?? "[]") as VersionRow[]);
      const plugin = { isEnabled: own[0]?.isEnabled === 1, versions: versions.map(versionOf) };
      plugins.set(name, plugin);
      return plugin;
    },
  };
}

const versionOf = ([
  version,
  isMarked,
  isPluginDeprecated,
  size,
  sha256,
  dependencies,
  engines,
]: VersionRow): RegistryVersion => ({
  version,
  isDeprecated: isMarked === 1 || isPluginDeprecated === 1,
  isMarked: isMarked === 1,
  size,
  sha256,
  dependencies,
  engines,
});
