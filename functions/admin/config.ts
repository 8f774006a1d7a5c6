import { sql } from "drizzle-orm";
import { settings } from "../../schema/admin.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import { units } from "../billing/money.ts";
import { configurationSchema, forgetConfiguration, type Configuration } from "../core/configuration.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";

/** Every setting that administrators may change, and those that only the deployment's variables set. */
export type ServiceConfiguration = Configuration & {
  /** In units. This and the following fields are set for the whole deployment. */
  price_per_minute: number;
  lease_seconds: number;
  poll_interval_seconds: number;
  log_retention_days: number;
  storage_quota_bytes: number;
  max_package_bytes: number;
  keep_full: number;
  keep_patch: number;
  keep_hotfix: number;
  allow_private_webhooks: boolean;
};

type Changes = { [Name in keyof Configuration]?: Configuration[Name] | undefined };

/** The configuration as the database has it now. */
export async function getConfig(ctx: Ctx): Promise<ServiceConfiguration> {
  requireAdmin(ctx);
  return describeConfig(ctx, await ctx.deps.db.read(selectSettings));
}

/** Changes the settings that are given; other isolates act on them within seconds. */
export async function updateConfig(ctx: Ctx, changes: Changes): Promise<ServiceConfiguration> {
  const { id: updatedBy } = requireAdmin(ctx);
  const updatedAt = ctx.deps.clock();
  const rows = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value, updatedAt, updatedBy }));
  if (rows.length === 0) return getConfig(ctx);
  const { stored } = await ctx.deps.db.write((q) => {
    const change = q
      .insert(settings)
      .values(rows)
      .onConflictDoUpdate({
        target: settings.name,
        set: {
          value: sql`excluded.value`,
          updatedAt: sql`excluded.updated_at`,
          updatedBy: sql`excluded.updated_by`,
        },
      });
    return {
      changed: audited(ctx, q, change, { action: "config.update", target: "config", detail: changes }),
      stored: selectSettings(q),
    };
  });
  forgetConfiguration(ctx.deps);
  return describeConfig(ctx, stored);
}

const selectSettings = (q: Query) => q.select({ name: settings.name, value: settings.value }).from(settings);

function describeConfig(ctx: Ctx, rows: { name: string; value: unknown }[]): ServiceConfiguration {
  const { config } = ctx.deps;
  return {
    ...configurationSchema.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value]))),
    price_per_minute: units(config.PRICE_PER_MINUTE),
    lease_seconds: config.LEASE_SECONDS,
    poll_interval_seconds: config.POLL_INTERVAL_SECONDS,
    log_retention_days: config.LOG_RETENTION_DAYS,
    storage_quota_bytes: config.STORAGE_QUOTA_BYTES,
    max_package_bytes: config.MAX_PACKAGE_BYTES,
    keep_full: config.KEEP_FULL,
    keep_patch: config.KEEP_PATCH,
    keep_hotfix: config.KEEP_HOTFIX,
    allow_private_webhooks: config.ALLOW_PRIVATE_WEBHOOKS,
  };
}
