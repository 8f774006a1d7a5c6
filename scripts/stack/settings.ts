import { StackError, reason } from "./errors.ts";
import { networks } from "./front/client-address.ts";
import { BUCKET_HOST, BUCKET_PATH } from "./front/paths.ts";
import { freePort } from "../process/processes.ts";
import type { Secrets } from "./secrets.ts";

/** Settings by name, as in the environment; not set and empty mean the default. */
export type RawSettings = Record<string, string | undefined>;

/** The settings of the stack itself; all others are the Worker's. */
export type StackSettings = {
  host: string;
  /** 0 is any free port. */
  port: number;
  dataDir: string;
  pollSeconds: number;
};

/** Where the stack listens. `url` is for this machine's own clients: 0.0.0.0 and :: are shown as 127.0.0.1. */
export type Address = { host: string; port: number; url: string };

/**
 * What the stack has to know of the Worker's settings. An errand reads it, because the code that does would stay in memory.
 */
export type WorkerSettings = { names: readonly string[]; maxPackageBytes: number };

/** The embedded bucket's name. */
export const BUCKET = "packages";

/** What the stack is told besides the Worker's settings, each with its sentence for the table of settings. */
export const stackSettings = {
  PORT: { fallback: "8000", meaning: "where it listens; 0 is any free port" },
  HOST: { fallback: "127.0.0.1", meaning: "the address that it listens on" },
  DATA_DIR: { fallback: ".slipway", meaning: "the folder of database, bucket and generated secrets" },
  TRUSTED_PROXY: {
    fallback: "",
    meaning:
      "addresses and networks of the proxies in front of this server: what they say about a client's address is believed",
  },
  TRUSTED_PROXY_HEADER: {
    fallback: "X-Forwarded-For",
    meaning: "the header in which those proxies name the client",
  },
} as const satisfies Record<string, { fallback: string; meaning: string }>;

/** Of these, the settings that the module in front of the Worker gets; see front/client-address.ts. */
const FRONT_SETTINGS: readonly (keyof typeof stackSettings)[] = ["TRUSTED_PROXY", "TRUSTED_PROXY_HEADER"];

/**
 * The stack's own settings.
 * @throws StackError naming the variable that is wrong.
 */
export function readStackSettings(raw: RawSettings): StackSettings {
  const host = raw.HOST?.trim() || stackSettings.HOST.fallback;
  const port = wholeNumber(raw, "PORT", Number(stackSettings.PORT.fallback), 0, 65_535);
  const pollSeconds = wholeNumber(raw, "POLL_INTERVAL_SECONDS", 60, 1, 86_400);
  checkProxies(raw.TRUSTED_PROXY);
  checkPublicEndpoint(raw);
  return { host, port, dataDir: raw.DATA_DIR?.trim() || stackSettings.DATA_DIR.fallback, pollSeconds };
}

/**
 * The address that the settings name, once whatever a killed stack left in the same folder has ended.
 * @throws StackError where nothing can listen there.
 */
export async function findAddress({ host, port: wanted }: StackSettings): Promise<Address> {
  let port: number;
  try {
    port = await freePort(host, wanted);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new StackError(
        `PORT: ${host}:${wanted} is in use by another program; stop that one, or set another PORT`,
      );
    if (code === "EACCES")
      throw new StackError(`PORT: this user may not listen on ${host}:${wanted}; set a PORT above 1023`);
    throw new StackError(`HOST: cannot listen on ${host} (${reason(error)}); set an address of this machine`);
  }
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return { host, port, url: `http://${shown.includes(":") ? `[${shown}]` : shown}:${port}` };
}

/** Whether the stack starts a database and a bucket of its own. */
export const embeds = (raw: RawSettings) => ({
  database: !raw.LIBSQL_URL?.trim(),
  bucket: !raw.S3_ENDPOINT?.trim(),
});

/**
 * The Worker's variables: the settings that are set, generated secrets in place of those that are not, and the addresses of
 * the embedded servers.
 */
export function workerBindings(
  raw: RawSettings,
  address: Address,
  secrets: Secrets,
  database: { url: string; authToken: string } | null,
  { names, maxPackageBytes }: WorkerSettings,
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of [...names, ...FRONT_SETTINGS]) {
    const value = raw[name]?.trim();
    if (value) given[name] = value;
  }
  return {
    ADMIN_USERNAME: "admin",
    ADMIN_EMAIL: "admin@example.com",
    ADMIN_PASSWORD: secrets.adminPassword,
    API_KEY: secrets.apiKey,
    JWT_SECRET: secrets.jwtSecret,
    ALLOW_PRIVATE_AGENTS: "true",
    ALLOW_PRIVATE_WEBHOOKS: "true",
    PUBLIC_URL: address.url,
    // There is no platform in between that limits the size of a form, or the work that goes on after an answer.
    MAX_FORM_BYTES: given.MAX_PACKAGE_BYTES ?? String(maxPackageBytes),
    BACKGROUND_SECONDS: "86400",
    ...given,
    ...(database && { LIBSQL_URL: database.url, LIBSQL_AUTH_TOKEN: database.authToken }),
    ...(embeds(raw).bucket && {
      S3_ENDPOINT: `http://${BUCKET_HOST}${BUCKET_PATH}`,
      S3_PUBLIC_ENDPOINT: given.S3_PUBLIC_ENDPOINT ?? BUCKET_PATH,
      S3_REGION: "auto",
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: secrets.bucketAccessKeyId,
      S3_SECRET_ACCESS_KEY: secrets.bucketSecretAccessKey,
      S3_FORCE_PATH_STYLE: "true",
    }),
  };
}

function checkPublicEndpoint(raw: RawSettings): void {
  const given = raw.S3_PUBLIC_ENDPOINT?.trim();
  if (!given || !embeds(raw).bucket || new RegExp(`^https?://[^/]+${BUCKET_PATH}/?$`).test(given)) return;
  throw new StackError(
    `S3_PUBLIC_ENDPOINT: the embedded bucket is under ${BUCKET_PATH}; leave it unset, or write https://<host>${BUCKET_PATH}`,
  );
}

function checkProxies(list = ""): void {
  try {
    networks(list);
  } catch (error) {
    throw new StackError(`TRUSTED_PROXY: ${reason(error)}; write addresses and networks such as 10.0.0.0/8`);
  }
}

function wholeNumber(raw: RawSettings, name: string, fallback: number, least: number, most: number): number {
  const text = raw[name]?.trim();
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new StackError(`${name}: write a whole number from ${least} to ${most}`);
}
