import { readFileSync } from "node:fs";

/**
 * What the files of some rooms may import. A room is a folder with all that is below it, or one file; its files may always
 * import each other.
 */
export type Allowance = { rooms: readonly string[]; may: readonly string[]; because: string };

/** One file that may import what its room may not. */
export type Exception = { file: string; imports: readonly string[]; because: string };

const KIT = "functions/kit";
const GROUND = [KIT, "schema", "functions/storage", "functions/core"];
const LOWER_WINGS = ["functions/accounts", "functions/releases", "functions/downloads"];
const WEBHOOKS = "functions/webhooks";
const UPPER_WINGS = ["functions/uploads", "functions/billing"];

const ROLLOUTS = "functions/rollouts";
const UPDATES = "functions/updates";

/** The rooms that surfaces share. */
export const WINGS: readonly string[] = [...LOWER_WINGS, WEBHOOKS, ...UPPER_WINGS, ROLLOUTS, UPDATES];

const TABLE = "functions/surfaces.ts";

/**
 * The folders that have a row in the table of surfaces and are no wing. They are read from that table, so that it alone
 * says what a surface is.
 */
export const SURFACES: readonly string[] = Array.from(
  readFileSync(new URL(`../../${TABLE}`, import.meta.url), "utf8").matchAll(/^ {4}folder: "([\w-]+)"/gm),
  ([, folder]) => `functions/${folder}`,
).filter((room, index, rooms) => !WINGS.includes(room) && rooms.indexOf(room) === index);

const DECLARATIONS = "functions/declarations.ts";
const ENTRIES = ["functions/app.ts", "functions/crons.ts", "functions/openapi.ts"];
const STACK = ["scripts/stack", "scripts/process"];

/**
 * The floors from the ground up, then the scripts. The innermost room around a file decides. A file in no room is
 * forbidden, and so is every import that is not named.
 */
export const ALLOWED: readonly Allowance[] = [
  { rooms: [KIT], may: [], because: "libraries know no product" },
  { rooms: ["schema"], may: [KIT], because: "tables stand on no code but libraries" },
  { rooms: ["functions/storage"], may: [KIT], because: "a bucket knows nothing of what is kept in it" },
  {
    rooms: ["functions/core"],
    may: [KIT, "schema", "functions/storage"],
    because: "the skeleton knows no surface",
  },
  { rooms: LOWER_WINGS, may: GROUND, because: "the lower wings do not know each other" },
  {
    rooms: [WEBHOOKS],
    may: [...GROUND, "functions/accounts"],
    because: "an event is told of by the room where it happens, and knows none of them",
  },
  {
    rooms: UPPER_WINGS,
    may: [...GROUND, "functions/accounts", WEBHOOKS],
    because: "money and files belong to accounts, not the reverse",
  },
  {
    rooms: [ROLLOUTS],
    may: [...GROUND, ...LOWER_WINGS, WEBHOOKS],
    because: "to whom a version is given follows from releases and from what devices say of them",
  },
  {
    rooms: [UPDATES],
    may: [...GROUND, ...LOWER_WINGS, ROLLOUTS],
    because: "what a client is offered follows from releases, whoever asks and in whatever form",
  },
  {
    rooms: ["functions/plugins/package", "functions/plugins/resolver/solver", "functions/updates/planner"],
    may: [KIT],
    because: "they are libraries, which run wherever a package or a registry is",
  },
  {
    rooms: SURFACES,
    may: [...GROUND, ...WINGS],
    because: "what two surfaces need stands below both",
  },
  {
    rooms: ["functions/console"],
    may: [
      "scripts/client/openapi.ts",
      "scripts/client/library",
      "scripts/client/folders",
      `${KIT}/versions.ts`,
      `${KIT}/hash/wasm-hash.ts`,
    ],
    because:
      "the console talks through the described interface, sends files as the client library does, and reads build folders as the command line does",
  },
  {
    rooms: [DECLARATIONS],
    may: [...GROUND, ...WINGS, ...SURFACES],
    because: "here the errors, texts and settings of all rooms are made known",
  },
  {
    rooms: [TABLE],
    may: [...GROUND, ...WINGS, ...SURFACES, DECLARATIONS],
    because: "the one table of all surfaces",
  },
  { rooms: ENTRIES, may: ["functions/core", TABLE], because: "what there is, they read in surfaces.ts" },
  {
    rooms: ["functions/index.ts"],
    may: [...ENTRIES, DECLARATIONS, "functions/core", KIT],
    because: "the entry puts together what the platform gives",
  },
  {
    rooms: [
      "scripts/bucket",
      "scripts/process",
      "scripts/pages",
      "scripts/walls",
      "scripts/extract-hash-wasm.ts",
      "scripts/npm-archive.mjs",
      "scripts/openapi-types.ts",
      "scripts/action",
    ],
    may: [],
    because: "each is a program or a library of its own",
  },
  {
    rooms: ["scripts/assets", "scripts/build-assets.ts"],
    may: ["scripts/assets"],
    because: "static files are made of paths, not of imports",
  },
  { rooms: ["scripts/client"], may: [KIT], because: "clients know a server by its interface alone" },
  {
    rooms: ["scripts/cli"],
    may: [KIT, "functions/plugins/package", "scripts/client", "scripts/install.mjs", "package.json"],
    because: "clients know a server by its interface alone; an archive they read as the server will",
  },
  {
    rooms: ["scripts/gpu-agent"],
    may: [KIT, "scripts/client", "scripts/process", "package.json"],
    because: "clients know a server by its interface alone",
  },
  {
    rooms: ["scripts/stack"],
    may: [
      "scripts/process",
      "scripts/bucket",
      "scripts/assets/encode.ts",
      "scripts/build-worker.ts",
      "functions/core/env.ts",
      DECLARATIONS,
      "functions/packages/settings.ts",
      "functions/core/stopping.ts",
    ],
    because: "the stack reads the Worker's settings and says its two words with it, nothing more",
  },
  {
    rooms: ["scripts/bench", "scripts/chaos"],
    may: [
      ...STACK,
      "scripts/bench",
      "scripts/build-worker.ts",
      "scripts/cli/slipway.ts",
      "scripts/start.mjs",
      KIT,
      "functions/storage",
      "functions/plugins/package",
      "functions/plugins/resolver/solver",
      "functions/updates/planner",
    ],
    because: "they measure and kill what runs, from outside, and the libraries alone from inside",
  },
  {
    rooms: ["scripts/build-worker.ts"],
    may: [...STACK, "scripts/build-assets.ts"],
    because: "the bundle is made of paths, not of imports",
  },
  {
    rooms: ["scripts/pack"],
    may: [
      ...STACK,
      "scripts/build-worker.ts",
      "scripts/migrate.ts",
      "scripts/cli/commands.ts",
      "scripts/gpu-agent/agent.ts",
      "scripts/npm-archive.mjs",
      "package.json",
    ],
    because: "packages carry the programs that the tree has, and put other files in the places of some",
  },
  {
    rooms: ["scripts/start.mjs", "scripts/dev.ts", "scripts/migrate.ts"],
    may: STACK,
    because: "commands begin what the stack does",
  },
  {
    rooms: ["scripts/admin.ts"],
    may: [
      ...STACK,
      DECLARATIONS,
      "functions/accounts/sign-in/reset-password.ts",
      "functions/core/errors.ts",
      "functions/core/database/database.ts",
    ],
    because: "an operator changes an account as the Worker would, on the stack's database",
  },
  {
    rooms: ["scripts/install.mjs", "scripts/docs-packages.mjs"],
    may: ["scripts/docs-packages.mjs", "scripts/npm-archive.mjs"],
    because: "they run before anything is installed",
  },
  {
    rooms: ["scripts/tables.ts", "scripts/tables"],
    may: [
      TABLE,
      DECLARATIONS,
      "functions/core/setting-types.ts",
      "scripts/tables",
      "scripts/stack",
      "scripts/openapi.ts",
    ],
    because: "pages repeat what the code declares",
  },
  {
    rooms: ["scripts/check-console.ts"],
    may: [],
    because: "it only starts the check",
  },
  { rooms: ["scripts/check-walls.ts"], may: ["scripts/walls"], because: "it only starts the check" },
  {
    rooms: ["scripts/openapi.ts"],
    may: ["functions/app.ts", "functions/openapi.ts", "functions/core/deps.ts", "scripts/openapi-types.ts"],
    because: "the description is the routes' own",
  },
  {
    rooms: ["test"],
    may: ["functions", "schema", "scripts"],
    because: "tests see all, and nothing sees them",
  },
];

/** An exception that nothing needs any more is reported as a violation, too. */
export const EXCEPTIONS: readonly Exception[] = [];
