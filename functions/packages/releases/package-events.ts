import { sql, type SQL } from "drizzle-orm";
import { packages } from "../../../schema/packages.ts";
import { software, versions } from "../../../schema/releases.ts";
import { blobs } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { jsonFlag, jsonText } from "../../webhooks/events/payload.ts";
import { tellOf } from "../../webhooks/events/tell-of.ts";

const rows = sql`${packages} JOIN ${versions} ON ${versions.id} = ${packages.versionId}
  JOIN ${software} ON ${software.id} = ${packages.softwareId} JOIN ${blobs} ON ${blobs.id} = ${packages.blobId}`;

/**
 * The statement that tells webhooks of packages, one event for each.
 * @param chosen a condition on `packages`
 * @param at milliseconds since 1970
 */
export const tellOfPackages = (
  ctx: Ctx,
  q: Query,
  type: "package.published" | "package.yanked",
  chosen: SQL | undefined,
  at: number,
): Statement =>
  tellOf(ctx, q, {
    type,
    software: sql`${software.slug}`,
    data: {
      package_id: sql`${packages.id}`,
      software: sql`${software.slug}`,
      version: sql`${versions.version}`,
      package_type: sql`${packages.type}`,
      from_version: sql`${packages.fromVersion}`,
      platform: sql`${packages.platform}`,
      arch: sql`${packages.arch}`,
      channel: sql`${packages.channel}`,
      is_critical: jsonFlag(packages.isCritical),
      file_name: sql`${packages.fileName}`,
      file_size: sql`${packages.size}`,
      sha256: sql`${blobs.sha256}`,
    },
    from: rows,
    when: chosen ?? sql`0`,
    at,
  });

/** The packages that are about to be yanked: told of before they are, each once. @param chosen a condition on `packages` */
export const tellOfYanks = (ctx: Ctx, q: Query, chosen: SQL | undefined): Statement =>
  tellOfPackages(
    ctx,
    q,
    "package.yanked",
    sql`${chosen ?? sql`0`} AND ${packages.yankedAt} IS NULL`,
    ctx.deps.clock(),
  );

/** The statement that tells webhooks of a version with all that is offered of it. @param chosen a condition on `versions` */
export const tellOfRelease = (ctx: Ctx, q: Query, chosen: SQL): Statement =>
  tellOf(ctx, q, {
    type: "release.published",
    software: sql`${software.slug}`,
    data: {
      software: sql`${software.slug}`,
      version: sql`${versions.version}`,
      channel: sql`${versions.channel}`,
      is_critical: jsonFlag(versions.isCritical),
      packages:
        jsonText(sql`(SELECT json_group_array(json_object('package_id', ${packages.id}, 'file_name', ${packages.fileName},
        'platform', ${packages.platform}, 'arch', ${packages.arch}))
        FROM ${packages} WHERE ${packages.versionId} = ${versions.id} AND ${packages.yankedAt} IS NULL)`),
    },
    from: sql`${versions} JOIN ${software} ON ${software.id} = ${versions.softwareId}`,
    when: chosen,
  });
