import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "./columns.ts";
import { arches, platforms } from "./packages.ts";
import { software } from "./releases.ts";

/** Appcasts that publishers wrote and signed themselves; each is served in place of the one that would be written here. */
export const appcasts = sqliteTable(
  "appcasts",
  {
    /** NULL is refused: there is no such software. */
    softwareId: text("software_id")
      .notNull()
      .references(() => software.id, { onDelete: "cascade" }),
    platform: text("platform", { enum: platforms }).notNull(),
    arch: text("arch", { enum: arches }).notNull(),
    /** As it was sent: its signature is about every byte. */
    appcast: text("appcast").notNull(),
    /** The content of the signature file beside it, as NetSparkle asks for it. */
    signature: text("signature"),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.softwareId, t.platform, t.arch] })],
);
