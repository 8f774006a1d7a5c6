import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createApp } from "../functions/app.ts";
import type { Deps } from "../functions/core/deps.ts";
import { describeApi } from "../functions/openapi.ts";

const FILE = fileURLToPath(new URL("../openapi.json", import.meta.url));

/** The text of openapi.json as the routes of now make it. */
export function openapiText(): string {
  // Describing calls no handler: of all that they need, only what mounting reads has to be there.
  const deps = { config: { CORS_ORIGINS: [] as string[] }, clock: Date.now } as Deps;
  return `${JSON.stringify(describeApi(createApp(deps)), null, 2)}\n`;
}

if (import.meta.main) {
  const text = openapiText();
  const committed = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  if (!process.argv.includes("--check")) {
    if (text !== committed) writeFileSync(FILE, text);
    process.stdout.write(text === committed ? "openapi.json is up to date\n" : "Wrote openapi.json\n");
  } else if (text !== committed) {
    process.stderr.write("openapi.json is not what the routes say: run `npm run openapi` and commit it\n");
    process.exitCode = 1;
  }
}
