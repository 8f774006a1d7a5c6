import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkWalls } from "../scripts/walls/check.ts";
import { readSource } from "../scripts/walls/read-source.ts";
import { readSources } from "../scripts/walls/read-sources.ts";
import { readTree } from "../scripts/walls/read-tree.ts";

const files = readTree(fileURLToPath(new URL("..", import.meta.url)));
const sources = readSources(files);

/** What the walls say of a copy of the tree in which each of these files begins with a line more. */
function violationsWith(lines: Record<string, string>): string[] {
  const changed = Object.entries(lines).map(([path, line]) =>
    readSource(path, `${line}\n${files.get(path) ?? ""}`),
  );
  const others = sources.filter(({ path }) => !(path in lines));
  return checkWalls([...others, ...changed], new Set([...files.keys(), ...Object.keys(lines)]));
}

test("nothing in the tree breaks a wall", () => {
  expect(violationsWith({})).toEqual([]);
});

const sql = `import { eq } from "drizzle-orm";`;
const notFromEndpoints = "an endpoint may not import drizzle-orm";

test.each([
  [
    "a surface, from a nested folder of another",
    "functions/plugins/resolver/check-updates.ts",
    `import { listPackages } from "../../packages/packages.ts";`,
    "functions/plugins may not import functions/packages/packages.ts",
  ],
  [
    "a surface, from a nested folder of core",
    "functions/core/http/observe.ts",
    `import { listPackages } from "../../packages/packages.ts";`,
    "functions/core may not import functions/packages/packages.ts",
  ],
  [
    "a surface, from the command line",
    "scripts/cli/packages.ts",
    `import type { Listed } from "../../functions/packages/packages.ts";`,
    "scripts/cli may not import functions/packages/packages.ts",
  ],
  [
    "the Worker, from a nested folder of the bucket",
    "scripts/bucket/body/crc.ts",
    `import { toHex } from "../../../functions/kit/bytes.ts";`,
    "scripts/bucket may not import functions/kit/bytes.ts",
  ],
  ["the database, from login", "functions/accounts/sign-in/login-user.route.ts", sql, notFromEndpoints],
  ["the database, from logout", "functions/accounts/sign-in/logout-user.route.ts", sql, notFromEndpoints],
  ["the database, from register", "functions/accounts/register-user.route.ts", sql, notFromEndpoints],
  ["the database, from change", "functions/accounts/sign-in/change-password.route.ts", sql, notFromEndpoints],
  [
    "the database, from resolve",
    "functions/plugins/resolver/resolve-plugins.route.ts",
    sql,
    notFromEndpoints,
  ],
  ["the database, from middleware", "functions/accounts/authenticate.middleware.ts", sql, notFromEndpoints],
  [
    "a part of the database, from check",
    "functions/software/check-update.route.ts",
    `import { text } from "drizzle-orm/sqlite-core";`,
    "an endpoint may not import drizzle-orm/sqlite-core",
  ],
  [
    "a table, from an endpoint",
    "functions/packages/list-packages.route.ts",
    `import { packages } from "../../schema/packages.ts";`,
    "an endpoint may not import schema/packages.ts",
  ],
  [
    "hono, from a domain file",
    "functions/packages/list-packages.ts",
    `import type { Context } from "hono";`,
    "only endpoints, core/http and index files import hono",
  ],
  [
    "a part of hono, from a nested domain file",
    "functions/compute/queue/leases.ts",
    `import { z } from "@hono/zod-openapi";`,
    "only endpoints, core/http and index files import @hono/zod-openapi",
  ],
  [
    "a surface, from a surface",
    "functions/software/checks.ts",
    `export * from "../packages/packages.ts";`,
    "functions/software may not import functions/packages/packages.ts",
  ],
  [
    "a surface, from a wing that has URLs",
    "functions/updates/check-version.ts",
    `export * from "../packages/packages.ts";`,
    "functions/updates may not import functions/packages/packages.ts",
  ],
  [
    "the skeleton, from the schema",
    "schema/uploads.ts",
    `import type { ErrorCode } from "../functions/core/errors.ts";`,
    "schema may not import functions/core/errors.ts",
  ],
  [
    "the skeleton, from the storage",
    "functions/storage/s3.ts",
    `import { AppError } from "../core/errors.ts";`,
    "functions/storage may not import functions/core/errors.ts",
  ],
  [
    "the storage, from a library",
    "functions/kit/zip/zip.ts",
    `type Storage = import("../../storage/storage.ts").Storage;`,
    "functions/kit may not import functions/storage/storage.ts",
  ],
  [
    "the application, from a surface",
    "functions/logs/restart.ts",
    `const app = await import("../app.ts");`,
    "functions/logs may not import functions/app.ts",
  ],
  [
    "a test, from the Worker",
    "functions/core/jobs.ts",
    `import { expectProblem } from "../../test/support/publish.ts";`,
    "functions/core may not import test/support/publish.ts",
  ],
  [
    "an upper wing, from a lower one",
    "functions/accounts/sign-in/sessions.ts",
    `import { isPaid } from "../../billing/money.ts";`,
    "functions/accounts may not import functions/billing/money.ts",
  ],
  [
    "the skeleton, from the solver",
    "functions/plugins/resolver/solver/search.ts",
    `import { AppError } from "../../../core/errors.ts";`,
    "functions/plugins/resolver/solver may not import functions/core/errors.ts",
  ],
  [
    "the command line, from the agent, in a process of its own",
    "scripts/gpu-agent/agent.ts",
    `const program = new URL("../cli/slipway.ts", import.meta.url);`,
    "scripts/gpu-agent may not import scripts/cli/slipway.ts",
  ],
  [
    "a library, from the console",
    "functions/console/main.ts",
    `import { toHex } from "../kit/bytes.ts";`,
    "functions/console may not import functions/kit/bytes.ts",
  ],
  [
    "anything, from a folder that nobody named",
    "functions/novelties/novelties.ts",
    `import { toHex } from "../kit/bytes.ts";`,
    "no room of the allow list has this file",
  ],
  [
    "what only a run can tell",
    "functions/core/jobs.ts",
    "const surface = await import(`../${name}/index.ts`);",
    "import() of something other than a plain text",
  ],
  [
    "the platform's answer, in a domain file",
    "functions/catalogue/appwares.ts",
    "const answer = (): Response => Response.json({});",
    "a domain file may not know Response",
  ],
  [
    "the name of a table, as bare text of SQL",
    "functions/core/jobs.ts",
    "const count = sql`SELECT count(*) FROM users`;",
    "SQL may not name users as bare text",
  ],
  [
    "a table of another room, written by its object",
    "functions/core/jobs.ts",
    `import { users } from "../../schema/accounts.ts"; const gone = (q: Query) => q.delete(users);`,
    "only functions/accounts writes users",
  ],
  [
    "a table of another room, written by SQL",
    "functions/core/jobs.ts",
    `import { users as people } from "../../schema/index.ts"; const gone = sql\`DELETE FROM \${people}\`;`,
    "only functions/accounts writes users",
  ],
])("refuses %s", (_, path, line, what) => {
  const violations = new Set(violationsWith({ [path]: line }));
  expect([...violations]).toEqual([expect.stringContaining(`${path}:1: ${what}`)]);
});

test("refuses a circle of types alone, and shows it", () => {
  const [one, two] = ["functions/core/one.ts", "functions/core/log/two.ts"];
  const circle = {
    [one]: `import type { Two } from "./log/two.ts"; export type One = Two[];`,
    [two]: `import type { One } from "../one.ts"; export type Two = { one: One };`,
  };
  expect(violationsWith(circle)).toEqual([expect.stringContaining(`${one} -> ${two} -> ${one}`)]);
});

test("refuses a folder with more than 25 files of its own", () => {
  const names = Array.from({ length: 26 }, (_, index) => [`functions/core/many/file-${index}.ts`, ""]);
  expect(violationsWith(Object.fromEntries(names))).toEqual([
    expect.stringContaining("functions/core/many:1: 26 files in one folder"),
  ]);
});

test("lets a wing see the one below it, names of tables in files of SQL, and words that are no tables", () => {
  const lines = {
    "functions/billing/money.ts": `import { findUser } from "../accounts/users.ts";`,
    "functions/core/counts.sql.ts": "export const count = sql`SELECT count(*) FROM users`;",
    "functions/core/jobs.ts":
      "const count = sql`SELECT 'users' AS users, ${jobs}.logs FROM ${jobs}`; const Response = 1;",
  };
  expect(violationsWith(lines)).toEqual([]);
});
