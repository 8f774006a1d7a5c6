/** A file that writes tables of which another room is the owner. */
export type Writer = { file: string; tables: readonly string[]; because: string };

/** The room that writes the tables of a file in schema/: the folder of functions/ with the same name. */
export const ownerOf = (file: string): string => `functions/${file.split("/")[1]?.replace(/\.ts$/, "")}`;

/** An exception that nothing needs any more is reported as a violation, too. */
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
