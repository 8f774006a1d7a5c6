/** Who writes which tables: by file of the schema, and for single tables that another room keeps. */
export type Owner = { tables: string; room: string };

/** Files that write what they do not own. */
export type Writer = { file: string; tables: readonly string[]; because: string };

/** `tables` is a file of schema/, or a table's name, which counts before its file. */
export const OWNERS: readonly Owner[] = [
  { tables: "schema/core.ts", room: "functions/core" },
  { tables: "schema/accounts.ts", room: "functions/accounts" },
  { tables: "schema/admin.ts", room: "functions/admin" },
  { tables: "schema/backups.ts", room: "functions/backups" },
  { tables: "schema/billing.ts", room: "functions/billing" },
  { tables: "schema/catalogue.ts", room: "functions/catalogue" },
  { tables: "schema/compute/files.ts", room: "functions/compute" },
  { tables: "schema/compute/servers.ts", room: "functions/compute" },
  { tables: "schema/compute/tasks.ts", room: "functions/compute" },
  { tables: "schema/packages.ts", room: "functions/packages" },
  { tables: "schema/plugins.ts", room: "functions/plugins" },
  { tables: "schema/releases.ts", room: "functions/releases" },
  { tables: "schema/uploads.ts", room: "functions/uploads" },
];

/** An exception that nothing needs any more is a violation, too. */
export const WRITERS: readonly Writer[] = [
  {
    file: "functions/logs/log-kinds.ts",
    tables: ["audit", "logs"],
    because: "old rows of every log go into the archive, and only then",
  },
  {
    file: "functions/compute/queue/claims.sql.ts",
    tables: ["jobs"],
    because: "whose turn it is, is kept where jobs keep how far they came",
  },
  {
    file: "functions/software/software.ts",
    tables: ["software"],
    because: "only here are software changed and deleted",
  },
  {
    file: "functions/software/versions.ts",
    tables: ["versions"],
    because: "only here are versions changed and deleted",
  },
];
