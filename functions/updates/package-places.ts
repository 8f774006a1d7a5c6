import { sql, type SQL } from "drizzle-orm";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { softwareBySlug } from "../releases/software.ts";
import type { PackageDraft } from "./draft.ts";
import { packageFileName } from "./package-names.ts";

/** Seconds looked ahead for a free name: more hotfixes of one version in a minute are a mistake. */
const HOTFIX_NAMES = 60;

const namesInUse = sql`SELECT file_name AS name FROM packages WHERE type = 'hotfix'
  UNION SELECT file_name FROM uploads WHERE category = 'hotfix' AND state IN ('pending', 'verifying')`;

export const softwareId = (draft: PackageDraft) => softwareBySlug(draft.software);
export const versionId = (draft: PackageDraft) =>
  sql<string>`(SELECT id FROM versions WHERE software_id = ${softwareId(draft)} AND version = ${draft.version})`;

/**
 * A package's file name, and the condition under which it is taken already. A hotfix, which may come several times in a
 * second, gets the next free second.
 * @throws AppError PACKAGE_EXISTS when there is none.
 */
export async function findPlace(
  ctx: Ctx,
  draft: PackageDraft,
  extension: string,
): Promise<{ fileName: string; taken: SQL; contested?: boolean }> {
  const now = ctx.deps.clock();
  if (draft.type !== "hotfix") {
    return { fileName: packageFileName(draft, extension, now), taken: takenBy(draft) };
  }
  const names = Array.from({ length: HOTFIX_NAMES }, (_, second) =>
    packageFileName(draft, extension, now + second * 1000),
  );
  const rows = await ctx.deps.db.read((q) =>
    q.all<{ name: string }>(sql`SELECT name FROM (${namesInUse}) WHERE name IN ${names}`),
  );
  const used = new Set(rows.map((row) => row.name));
  const fileName = names.find((name) => !used.has(name));
  if (fileName === undefined) throw new AppError("PACKAGE_EXISTS");
  return { fileName, taken: sql`${fileName} IN (SELECT name FROM (${namesInUse}))`, contested: true };
}

function takenBy(draft: PackageDraft) {
  return sql`EXISTS (SELECT 1 FROM packages WHERE version_id = ${versionId(draft)} AND platform = ${draft.platform}
    AND arch = ${draft.arch} AND type = ${draft.type} AND from_version IS ${draft.fromVersion})`;
}
