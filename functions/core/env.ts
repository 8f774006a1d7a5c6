import { z } from "zod";
import { locales } from "./locale/locale.ts";
import { MAX_PACKAGE_BYTES } from "./package-size.ts";

const GIB = 1024 ** 3;

const count = (fallback: number, least = 0) => z.coerce.number().int().min(least).default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(["true", "false", "1", "0"])
    .default(fallback ? "true" : "false")
    .transform((value) => value === "true" || value === "1");
/** An amount with at most two decimals, as integer hundredths. */
const money = (fallback: string) =>
  z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, "at most two decimals")
    .default(fallback)
    .transform((amount) => Math.round(Number(amount) * 100));
const list = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text) => text.split(/[\s,]+/).filter(Boolean));
const httpUrl = z.url({ protocol: /^https?$/ });

const settings = z.object({
  API_KEY: z.string().min(16),
  JWT_SECRET: z.string().min(32),
  ADMIN_USERNAME: z.string().default("admin"),
  ADMIN_EMAIL: z.email().default("admin@example.com"),
  ADMIN_PASSWORD: z.string().min(6).optional(),
  LIBSQL_URL: z.url({ protocol: /^(https?|libsql)$/ }),
  LIBSQL_AUTH_TOKEN: z.string().optional(),
  S3_ENDPOINT: httpUrl,
  /** A path stands for this server's own origin, whatever name a client reaches it by. */
  S3_PUBLIC_ENDPOINT: httpUrl.or(z.string().regex(/^\/[\w/-]*$/)).optional(),
  S3_REGION: z.string().default("auto"),
  S3_BUCKET: z.string().min(1),
  S3_ACCESS_KEY_ID: z.string().min(1),
  S3_SECRET_ACCESS_KEY: z.string().min(1),
  S3_FORCE_PATH_STYLE: flag(true),
  STORAGE_QUOTA_BYTES: count(40 * GIB, 1),
  KEEP_FULL: count(3, 1),
  KEEP_PATCH: count(10),
  KEEP_HOTFIX: count(20),
  MAX_FORM_BYTES: count(104_857_600, 1),
  MAX_PACKAGE_BYTES: count(MAX_PACKAGE_BYTES, 1),
  MAX_PLUGIN_BYTES: count(GIB, 1),
  MAX_BACKUP_BYTES: count(GIB, 1),
  BACKUPS_PER_KEY: count(50, 1),
  BACKUP_BYTES_PER_KEY: count(5 * GIB, 1),
  MAX_INPUT_BYTES: count(50 * GIB, 1),
  INPUT_BYTES_PER_USER: count(20 * GIB, 1),
  MAX_OUTPUT_BYTES: count(50 * GIB, 1),
  PRICE_PER_MINUTE: money("0.10"),
  POLL_INTERVAL_SECONDS: count(60, 1),
  LEASE_SECONDS: count(300, 1),
  ALLOW_PRIVATE_AGENTS: flag(false),
  PUBLIC_URL: httpUrl.optional(),
  BACKGROUND_SECONDS: count(20, 1),
  LOG_RETENTION_DAYS: count(30, 1),
  PACKAGE_EXTENSIONS: list(".zip .7z .tar.gz .tgz .exe .msi .msix .dmg .pkg .deb .rpm .AppImage .nupkg .apk"),
  UPLOADS_PER_HOUR: count(10, 1),
  QUERIES_PER_MINUTE: count(100, 1),
  CORS_ORIGINS: list(""),
  DEFAULT_LOCALE: z.enum(locales).default("en"),
});

export type Config = z.infer<typeof settings>;

/** A setting that is missing or wrong; the message is one line that names it and never repeats its value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the settings of README.md from variables and secrets; an empty string counts as not set.
 * @throws ConfigError naming every setting that is wrong.
 */
export function readConfig(raw: Record<string, unknown>): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).flatMap((name) => {
      const value = raw[name];
      return typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [];
    }),
  );
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return name in given ? `${name}: ${issue.message}` : `${name} is not set`;
  });
  throw new ConfigError(`Settings: ${faults.join("; ")}`);
}
