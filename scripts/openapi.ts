import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createApp } from "../functions/app.ts";
import type { Deps } from "../functions/core/deps.ts";
import { describeApi } from "../functions/openapi.ts";

/** The text of openapi.json as the routes of now make it. */
export function openapiText(): string {
  // Describing calls no handler: of all that they need, only what mounting reads has to be there.
  const deps = { config: { CORS_ORIGINS: [] as string[] }, clock: Date.now } as Deps;
  return `${JSON.stringify(describeApi(createApp(deps)), null, 2)}\n`;
}

if (import.meta.main) {
  const { openapiTypes } = await import("./openapi-types.ts");
  const text = openapiText();
  keep("openapi.json", text, "what the routes say");
  keep("scripts/client/openapi.ts", await openapiTypes(text), "what openapi.json says");
}

/** Writes a generated file; with --check it only says that it is not as it should be. */
function keep(name: string, text: string, source: string): void {
  const file = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const committed = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (!process.argv.includes("--check")) {
    if (text !== committed) writeFileSync(file, text);
    process.stdout.write(text === committed ? `${name} is up to date\n` : `Wrote ${name}\n`);
  } else if (text !== committed) {
    process.stderr.write(`${name} is not ${source}: run \`npm run openapi\` and commit it\n`);
    process.exitCode = 1;
  }
}
