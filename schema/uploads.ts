import { sql } from "drizzle-orm";
import type { ContentDigests } from "../functions/kit/hash/hash.ts";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt, moment, serialId } from "./columns.ts";

/**
 * Verified bytes, under a key that nothing can write to any more. `refs` is moved by triggers on the tables that refer to
 * blobs. A blob without references since `releasedAt` is collected after a grace period.
 */
export const blobs = sqliteTable(
  "blobs",
  {
    id: serialId(),
    objectKey: text("object_key").notNull().unique(),
    category: text("category").notNull(),
    size: integer("size").notNull(),
    /**
     * The name under which it was published. For one category and SHA-256, each name is stored once. NULL for bytes that
     * were never published.
     */
    fileName: text("file_name"),
    sha256: text("sha256").notNull(),
    /** Empty where its kind does not need it, and while `digestsDue`. */
    sha1: text("sha1").notNull(),
    /** As `sha1`. */
    sha512: text("sha512").notNull(),
    /** No longer used: empty in all rows. */
    md5: text("md5")
      .notNull()
      .$default(() => ""),
    /** True while its other hashes are still to be taken: it was published as soon as its SHA-256 was verified. */
    digestsDue: integer("digests_due", { mode: "boolean" }).notNull().default(false),
    state: text("state", { enum: ["live", "deleting"] }).notNull(),
    refs: integer("refs").notNull().default(0),
    releasedAt: moment("released_at"),
    createdAt: createdAt(),
  },
  (t) => [
    check("blobs_refs", sql`${t.refs} >= 0 AND (${t.refs} = 0 OR ${t.state} = 'live')`),
    uniqueIndex("blobs_content")
      .on(t.sha256, t.category, t.fileName)
      .where(sql`${t.state} = 'live'`),
    index("blobs_digests_due")
      .on(t.id)
      .where(sql`${t.digestsDue} = 1`),
    index("blobs_unreferenced")
      .on(t.releasedAt)
      .where(sql`${t.refs} = 0`),
  ],
);

export const uploadStates = [
  "pending",
  "verifying",
  "held",
  "ready",
  "rejected",
  "expired",
  "aborted",
] as const;

export const uploads = sqliteTable(
  "uploads",
  {
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    category: text("category").notNull(),
    state: text("state", { enum: uploadStates }).notNull(),
    /** NULL is refused: too many uploads this hour. */
    owner: text("owner").notNull(),
    idempotencyKey: text("idempotency_key"),
    requestHash: text("request_hash").notNull(),
    /** What it is part of, as its kind names it: once verified it is held until all of that is published. */
    release: text("release"),
    /** The kind's own fields, checked. */
    draft: text("draft", { mode: "json" }).$type<unknown>().notNull(),
    /** The file name under which it will be served. NULL is refused: the place was taken when the upload was let in. */
    fileName: text("file_name").notNull(),
    contentType: text("content_type").notNull(),
    size: integer("size").notNull(),
    sha256: text("sha256"),
    md5: text("md5"),
    /** NULL is refused: the quota has no room. Set back to 0 when the upload ends. */
    reservedBytes: integer("reserved_bytes").notNull(),
    /**
     * The key to which its bytes are sent and where they stay once published; NULL where they are staged and then copied.
     */
    objectKey: text("object_key"),
    multipartId: text("multipart_id"),
    partSize: integer("part_size").notNull(),
    partCount: integer("part_count").notNull(),
    stagingEtag: text("staging_etag"),
    bytesVerified: integer("bytes_verified").notNull().default(0),
    hashState: text("hash_state"),
    /** The hashes of the verified bytes, kept from the end of hashing until the upload is published. */
    digests: text("digests", { mode: "json" }).$type<ContentDigests>(),
    leaseHolder: text("lease_holder"),
    leaseUntil: moment("lease_until").notNull().default(0),
    errorCode: text("error_code"),
    /** The parameters of the error's message. */
    errorParams: text("error_params", { mode: "json" }).$type<Record<string, string | number>>(),
    /** The upload that had published the same bytes at the same place before: its result is this one's too. */
    repeats: text("repeats"),
    /** True while bytes of it that nobody refers to may still be in the bucket. */
    staged: integer("staged", { mode: "boolean" }).notNull().default(true),
    createdAt: createdAt(),
    expiresAt: moment("expires_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    uniqueIndex("uploads_idempotency").on(t.owner, t.idempotencyKey),
    index("uploads_repeated")
      .on(t.idempotencyKey)
      .where(sql`${t.idempotencyKey} IS NOT NULL`),
    index("uploads_rate").on(t.owner, t.createdAt),
    index("uploads_open")
      .on(t.state, t.expiresAt)
      .where(sql`${t.state} IN ('pending', 'verifying', 'held')`),
    index("uploads_release")
      .on(t.release)
      .where(sql`${t.release} IS NOT NULL`),
    // A place waits for one file, as it holds one.
    uniqueIndex("uploads_held")
      .on(t.category, t.fileName)
      .where(sql`${t.state} = 'held'`),
    index("uploads_staged")
      .on(t.endedAt)
      .where(sql`${t.staged} = 1`),
    index("uploads_ended").on(t.endedAt),
  ],
);

/**
 * Running totals in bytes, moved by triggers: one row for each category of blobs, and one for what uploads have reserved.
 */
export const usage = sqliteTable("usage", {
  category: text("category").primaryKey(),
  bytes: integer("bytes").notNull().default(0),
});

/** The shares of the quota, in percent, that are used up, as webhooks were told. */
export const quotaLevels = sqliteTable("quota_levels", {
  percent: integer("percent").primaryKey(),
  crossedAt: moment("crossed_at").notNull(),
});
