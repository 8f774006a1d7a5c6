import { registerHooks } from "node:module";

// The generator prints types with the JavaScript interface of TypeScript 5, which later ones do not have.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "typescript" ? "typescript-5" : specifier, context),
});

const HEAD = `/** The types of openapi.json, written by \`npm run openapi\`. */\n`;

/** The text of scripts/client/openapi.ts for a description. */
export async function openapiTypes(description: string): Promise<string> {
  const { astToString, default: generate } = await import("openapi-typescript");
  // Text, for what an object would have in it twice is written twice.
  return HEAD + astToString(await generate(description, { silent: true }));
}
