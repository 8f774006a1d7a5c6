import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createApp } from "../functions/app.ts";
import type { Deps } from "../functions/core/deps.ts";
import { rowOf, urlRows } from "../scripts/tables/urls.ts";

const FUNCTIONS = fileURLToPath(new URL("../functions", import.meta.url));

/** Where each endpoint's file is: the folder below functions/ by `METHOD /path`, as the files themselves say it. */
const folders = new Map<string, string>(
  readdirSync(FUNCTIONS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".route.ts"))
    .flatMap((file) => {
      const text = readFileSync(`${FUNCTIONS}/${file}`, "utf8");
      const paths = Array.from(text.matchAll(/\bpath: "([^"]+)"/g), ([, path = ""]) => path);
      const methods = Array.from(text.matchAll(/\bmethod: "(\w+)"/g), ([, method = ""]) => method);
      return methods.flatMap((method) =>
        paths.map(
          (path) => [`${method.toUpperCase()} ${path}`, file.split("/")[0] ?? ""] as [string, string],
        ),
      );
    }),
);

/** Every endpoint that is mounted, as the description writes paths; without middleware and static pages. */
function mounted(): string[] {
  const app = createApp({ config: { CORS_ORIGINS: [] as string[] }, clock: Date.now } as unknown as Deps);
  const definitions = app.openAPIRegistry.definitions;
  return definitions.flatMap((definition) =>
    definition.type === "route" ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`] : [],
  );
}

test("every endpoint is in the folder that the table of URLs leads to", () => {
  const rows = urlRows();
  const found = mounted().map((endpoint) => [endpoint, rowOf(endpoint.split(" ")[1] ?? "", rows)?.folder]);
  expect(found).toHaveLength(folders.size);
  expect(found).toEqual(found.map(([endpoint]) => [endpoint, folders.get(endpoint ?? "")]));
});

test("every prefix of the table leads to an endpoint", () => {
  const rows = urlRows();
  const used = new Set(mounted().map((endpoint) => rowOf(endpoint.split(" ")[1] ?? "", rows)?.prefix));
  expect(rows.map(({ prefix }) => prefix).filter((prefix) => !used.has(prefix))).toEqual([]);
});
