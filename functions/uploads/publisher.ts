import type { SQL } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../core/context.ts";
import type { Batch } from "../core/database/batch.ts";
import type { Query, Statement } from "../core/database/database.ts";
import type { Refusals } from "../core/database/refusals.ts";
import type { ErrorCode, ErrorParams } from "../core/errors.ts";
import type { HashName } from "../kit/hash/hash.ts";

/** What is known of a file before its bytes: `size` is an upper bound where only a form's length is known. */
export type FileDeclaration = { fileName: string; size: number; sha256?: string | null | undefined };

/** What was published at a place: by which upload, and its bytes. */
export type PublishedFile = { uploadId: string; sha256: string; size: number };

/** What a surface decides when it lets a file in. */
export type Admission = {
  /** The owner whose uploads per hour this counts against. */
  owner: string;
  /** The running total in which the bytes will be counted. */
  category: string;
  /** The kind's own fields, checked and completed. They are handed back at publish. */
  draft: unknown;
  /** The name under which the verified object is kept and served. */
  fileName: string;
  /** What it is part of, whose name the kind chooses: once verified, it is held until all of that is published. */
  release?: string;
  /** True in the database while the place is taken already; refuses the upload as `PACKAGE_EXISTS` or the like. */
  taken: SQL | undefined;
  /** Whether, when another upload takes this place first, asking for admission again finds another place. */
  hasFurtherPlaces?: boolean;
};

/** Verified bytes that are still staged, for a kind that looks into them. */
export type StagedUpload = {
  id: string;
  draft: unknown;
  fileName: string;
  owner: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
  /** The bytes from `start` to `end`, both included: one ranged read on the bucket. */
  read: (start: number, end: number) => Promise<Uint8Array>;
};

/** A verified object that is about to become visible. */
export type VerifiedUpload = {
  id: string;
  draft: unknown;
  fileName: string;
  owner: string;
  size: number;
  blobId: SQL<number>;
  /** The upload's id while this run may publish it, else NULL: to be stored in a NOT NULL UNIQUE column. */
  fence: SQL<string>;
};

/**
 * Why an upload was not published: an error code; `ended`, because it has ended already; or `later`, because something
 * stands in the way that will be gone later.
 */
export type PublicationRefusal = ErrorCode | "ended" | "later";

/** How uploads of one kind are let in and published. A new kind is one new Publisher. */
export interface Publisher {
  /** Largest file in bytes on the signed road. */
  maxBytes(ctx: Ctx): number;

  /** Whether a file without bytes is a file too; others refuse it as EMPTY_FILE. Forms never take one. */
  mayBeEmpty?: boolean;

  /** Largest file in bytes by form, where that is less than the settings allow. */
  maxFormBytes?: number;

  /** The command that sends what is too large for a form. */
  command?: string;

  /** The hashes that its clients ask for; SHA-256 must be among them. Default: SHA-256 alone. */
  digests?: readonly HashName[];

  /**
   * Checks the actor, the kind's own fields and the file's declaration.
   * @throws AppError for all that can be refused before a byte is sent.
   */
  admit(ctx: Ctx, fields: unknown, file: FileDeclaration): Promise<Admission>;

  /** How many uploads an owner may begin in an hour; undefined where nobody counts. */
  uploadsPerHour?(ctx: Ctx): number;

  /**
   * Looks into verified bytes before they are kept, for kinds whose files hold their own name and fields.
   * @returns what replaces the admission's draft and file name
   * @throws AppError: the upload is rejected with its code and parameters
   */
  inspect?(ctx: Ctx, upload: StagedUpload): Promise<{ draft: unknown; fileName: string }>;

  /** The type that its objects are served as, where that is more specific than a file to be saved. */
  servedType?: string;

  /** Whether anybody may begin one. Each address may then begin only so many a minute. */
  anonymous?: boolean;

  /** The error code for a place that is taken. */
  takenCode: ErrorCode;

  /**
   * What the description tells clients of the kind: its fields (which `admit` reads itself), who may send one, and what else
   * `admit` and `inspect` may refuse a file with.
   */
  description: {
    fields: z.ZodType | undefined;
    credential: string;
    admissionErrors: readonly ErrorCode[];
    inspectionErrors?: readonly ErrorCode[];
  };

  /**
   * The file that is published at a draft's place, for kinds whose places hold one file: when the same bytes are sent again,
   * the answer is the result that is there. Where a place holds several files, the one with this SHA-256.
   */
  findAtPlace?(ctx: Ctx, draft: unknown, sha256: string | undefined): Promise<PublishedFile | null>;

  /** Tries to free `bytes` of storage; says whether it freed anything. */
  makeRoom(ctx: Ctx, bytes: number): Promise<boolean>;

  /** The statements that make a verified object visible; they are part of the batch that ends the upload. */
  publish(query: Query, upload: VerifiedUpload, now: number): Batch;

  /** The statement that tells webhooks of what an upload was published as, in the same batch after it. */
  tell?(ctx: Ctx, query: Query, uploadId: string, now: number): Statement;

  /** What each constraint means that may refuse that batch. */
  refusals: Refusals<PublicationRefusal>;

  /** The parameters of the error message for such a refusal. */
  refusalParams?(ctx: Ctx, code: ErrorCode): ErrorParams;

  /** A SELECT of the ids (`AS id`) of the blobs that this surface's rows refer to, one row for each reference. */
  references: SQL;

  /** Called after the batch, so that caches of this isolate can forget. */
  published(ctx: Ctx): void;

  /** The surface's own answer to an upload, or null where what it published was deleted since. */
  result(ctx: Ctx, uploadId: string): Promise<Record<string, unknown> | null>;

  /** The same as a statement, for kinds whose result is read in the batch that publishes. */
  resultInBatch?: {
    select: (query: Query, uploadId: string) => Statement;
    read: (ctx: Ctx, rows: unknown) => Record<string, unknown> | null;
  };
}
