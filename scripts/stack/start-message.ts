import { commandLine } from "./places.ts";
import type { RawSettings } from "./settings.ts";
import type { Stack } from "./stack.ts";

/** The server that the command line uses when no other is named. */
const DEFAULT_URL = "http://127.0.0.1:8000";

/** What a person needs to know after a start. Generated secrets are shown once; later starts only say where they are. */
export function startMessage(stack: Stack, raw: RawSettings, secretsFile: string): string {
  const { ADMIN_USERNAME, ADMIN_PASSWORD, API_KEY, LIBSQL_URL, S3_ENDPOINT } = stack.settings;
  const lines = [
    `Slipway is ready on ${stack.url}`,
    "",
    `  Console   ${stack.url}/`,
    `  Docs      ${stack.url}/docs`,
    `  Data      ${stack.dataDir}`,
  ];
  if (raw.LIBSQL_URL) lines.push(`  Database  ${LIBSQL_URL}`);
  if (raw.S3_ENDPOINT) lines.push(`  Bucket    ${S3_ENDPOINT}`);
  const generated = [
    !raw.ADMIN_PASSWORD && `  Password  ${ADMIN_PASSWORD}   (user ${ADMIN_USERNAME})`,
    !raw.API_KEY && `  API key   ${API_KEY}`,
  ].filter(Boolean);
  if (generated.length > 0 && stack.fresh) {
    lines.push(
      "",
      ...(generated as string[]),
      "",
      `  Shown this once; kept in ${secretsFile}, which only you can read.`,
    );
  } else if (generated.length > 0) {
    lines.push(`  Secrets   ${secretsFile}`);
  }
  lines.push("", `Publish and ask, ${commandLine.where}:`, "", ...firstCommands(stack, raw, secretsFile));
  return `${[...lines, "", "Ctrl-C stops it."].join("\n")}\n`;
}

/** Three lines to copy. They contain the key itself only where the message shows it anyway. */
function firstCommands(stack: Stack, raw: RawSettings, secretsFile: string): string[] {
  const fromFile = `"$(node -p 'JSON.parse(fs.readFileSync(${JSON.stringify(secretsFile)})).apiKey')"`;
  const key = raw.API_KEY ? '"$API_KEY"' : stack.fresh ? stack.settings.API_KEY : fromFile;
  const server = stack.url === DEFAULT_URL ? "" : `SLIPWAY_URL=${stack.url} `;
  return [
    `  export ${server}SLIPWAY_API_KEY=${key}`,
    `  echo hello | ${commandLine.call} publish - --version 1.0.0`,
    `  ${commandLine.call} check --current 0.9.0`,
  ];
}
