import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createApp } from "../functions/app.ts";
import type { Deps } from "../functions/core/deps.ts";
import { describeApi } from "../functions/openapi.ts";

/** The text of openapi.json for the routes as they are now. */
export function openapiText(): string {
  // No handler is called, so the app is given only what mounting its routes reads.
  const deps = { config: { CORS_ORIGINS: [] as string[] }, clock: Date.now } as Deps;
  return `${JSON.stringify(describeApi(createApp(deps)), null, 2)}\n`;
}

if (import.meta.main) {
  const { openapiTypes } = await import("./openapi-types.ts");
  const text = openapiText();
  keep("openapi.json", text, "what the routes say");
  keep("scripts/client/openapi.ts", await openapiTypes(text), "what openapi.json says");
}

/** Writes a generated file. With --check it only reports a file that differs. */
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
