import { SURFACES, WINGS } from "../allowed.ts";
import { isIn, targetOf, violation, type Source, type Violation } from "../source.ts";

/** Files of a single endpoint, and the middleware before it. */
const isEndpoint = (path: string) => isIn(path, "functions") && /\.(route|middleware)\.ts$/.test(path);

const ENTRIES = new Set(["functions/app.ts", "functions/openapi.ts", "functions/index.ts"]);
const INDEXES = new Set([...SURFACES, ...WINGS].map((room) => `${room}/index.ts`));

const knowsHttp = (path: string) =>
  isEndpoint(path) || isIn(path, "functions/core/http") || ENTRIES.has(path) || INDEXES.has(path);

/** Rooms that are HTTP clients of others. */
const CLIENTS = ["functions/storage", "functions/core/database", "functions/console"];

/** Domain files that may use the platform's requests and answers. */
const KNOW_PLATFORM: Readonly<Record<string, string>> = {
  "functions/core/deps.ts": "the types of what the platform hands in",
  "functions/backups/answer-backups.ts": "three endpoints stream the same list",
  "functions/updates/known-indexes.ts": "the location's cache keeps answers, nothing else",
  "functions/uploads/publishing/promotion.ts": "reads a stream to its end",
  "functions/uploads/forms/receive-form.ts": "a form is read off the request as it comes in",
};

/** Endpoints use no database, and domain files use no HTTP. */
export function httpRule(sources: readonly Source[]): Violation[] {
  const idle = new Set(Object.keys(KNOW_PLATFORM));
  const found = sources.flatMap((source) => {
    const { path } = source;
    if (!isIn(path, "functions") && !isIn(path, "schema")) return [];
    const mayKnowPlatform = knowsHttp(path) || CLIENTS.some((room) => isIn(path, room));
    if (source.globals.length > 0) idle.delete(path);
    const globals = mayKnowPlatform || path in KNOW_PLATFORM ? [] : source.globals;
    return [
      ...importsOf(source),
      ...globals.map(({ name, line }) =>
        violation(
          path,
          line,
          `a domain file may not know ${name}`,
          "take and return plain values, and let the endpoint answer",
        ),
      ),
    ];
  });
  const unused = [...idle].map((path) =>
    violation("scripts/walls/rules/http.ts", 1, `nothing needs the exception for ${path}`, "remove it"),
  );
  return [...found, ...unused];
}

function importsOf(source: Source): Violation[] {
  const { path } = source;
  return source.imports.flatMap((one) => {
    const target = targetOf(path, one);
    const name = one.specifier;
    const isHono = isIn(name, "hono") || name.startsWith("@hono/");
    const isDatabase = isIn(name, "drizzle-orm") || (target !== undefined && isIn(target, "schema"));
    if (isHono && !knowsHttp(path)) {
      return [
        violation(
          path,
          one.line,
          `only endpoints, core/http and index files import ${name}`,
          "take and return plain values",
        ),
      ];
    }
    if (isDatabase && isEndpoint(path)) {
      return [
        violation(
          path,
          one.line,
          `an endpoint may not import ${target ?? name}`,
          "ask in the domain file beside it",
        ),
      ];
    }
    return [];
  });
}
