import { integer } from "drizzle-orm/sqlite-core";

/** A moment as integer milliseconds since 1970, UTC. */
export const moment = (name: string) => integer(name, { mode: "number" });

export const createdAt = () => moment("created_at").notNull();

/** An id that is never used again after a deletion. */
export const serialId = () => integer("id").primaryKey({ autoIncrement: true });
