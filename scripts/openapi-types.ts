import { registerHooks } from "node:module";

// The generator prints types with TypeScript 5 as a JavaScript library. Later versions are not such a library.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "typescript" ? "typescript-5" : specifier, context),
});

const HEAD = `/** The types of openapi.json, written by \`npm run openapi\`. */\n`;

/** The text of scripts/client/openapi.ts, from the text of openapi.json. */
export async function openapiTypes(description: string): Promise<string> {
  const { astToString, default: generate } = await import("openapi-typescript");
  // The generator is given text, in which a schema that occurs twice is written twice. In an object, both places could be
  // one and the same value.
  return HEAD + astToString(await generate(description, { silent: true }));
}
