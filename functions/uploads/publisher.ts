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
  /** Whose quota of uploads an hour this counts against. */
  owner: string;
  /** The running total that the bytes will count in. */
  category: string;
  /** The kind's own fields, checked and completed; handed back at publish. */
  draft: unknown;
  /** The name under which the verified object is kept and served. */
  fileName: string;
  /** What it is part of, whose name the kind chooses: once verified, it is held until all of that is published. */
  release?: string;
  /** True in the database while the place is taken already; refuses the upload as `PACKAGE_EXISTS` or the like. */
  taken: SQL | undefined;
  /** Where another upload is faster at this place, admitting the file again finds the next one. */
  hasFurtherPlaces?: boolean;
};

/** Verified bytes that are still staged, to be looked into. */
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

/** A verified object on its way to becoming visible. */
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
 * Why an upload was not published: for a reason that has a code, because it has `ended` already, or because something stands
 * in the way that `later` will be gone.
 */
export type PublicationRefusal = ErrorCode | "ended" | "later";

/** How one kind of upload joins the road from signed URL to published row. A new kind is one new Publisher. */
export interface Publisher {
  /** Largest file in bytes on the signed road. */
  maxBytes(ctx: Ctx): number;

  /** Whether a file without bytes is a file too; others refuse it as EMPTY_FILE. Forms never take one. */
  mayBeEmpty?: boolean;

  /** Largest file in bytes by form, where that is less than the settings allow. */
  maxFormBytes?: number;

  /** The command that takes what is too large for a form. */
  command?: string;

  /** The hashes that its clients ask for, SHA-256 among them; default SHA-256 alone. */
  digests?: readonly HashName[];

  /**
   * Checks the actor, the kind's own fields and the file's declaration.
   * @throws AppError for all that can be refused before a byte is sent.
   */
  admit(ctx: Ctx, fields: unknown, file: FileDeclaration): Promise<Admission>;

  /** How many uploads an owner may begin in an hour; undefined where nobody counts. */
  uploadsPerHour?(ctx: Ctx): number;

  /**
   * Looks into verified bytes before they are kept, for kinds whose name and fields are inside the file.
   * @returns what takes the place of the admission's draft and file name
   * @throws AppError: the upload is rejected with its code and parameters
   */
  inspect?(ctx: Ctx, upload: StagedUpload): Promise<{ draft: unknown; fileName: string }>;

  /** What its objects are served as, where that is more than a file to be saved. */
  servedType?: string;

  /** Whether anybody may begin one: then an address may begin only so many a minute. */
  anonymous?: boolean;

  /** Refusal for a place that is taken. */
  takenCode: ErrorCode;

  /**
   * What clients are told of the kind: its fields, which `admit` reads itself, who may send one, and what else `admit` and
   * `inspect` may refuse a file with.
   */
  description: {
    fields: z.ZodType | undefined;
    credential: string;
    admissionErrors: readonly ErrorCode[];
    inspectionErrors?: readonly ErrorCode[];
  };

  /**
   * What was published at a draft's place, for kinds whose places hold one file: sending the same bytes once more is answered
   * with the result that is there. Of places that hold several files, the one with this SHA-256.
   */
  findAtPlace?(ctx: Ctx, draft: unknown, sha256: string | undefined): Promise<PublishedFile | null>;

  /** Tries to free `bytes` of storage; says whether it freed anything. */
  makeRoom(ctx: Ctx, bytes: number): Promise<boolean>;

  /** The statements that make a verified object visible; they are part of the batch that ends the upload. */
  publish(query: Query, upload: VerifiedUpload, now: number): Batch;

  /** What each constraint means that may refuse that batch. */
  refusals: Refusals<PublicationRefusal>;

  /** What the message of such a refusal says beside its code. */
  refusalParams?(ctx: Ctx, code: ErrorCode): ErrorParams;

  /** A SELECT of the ids (`AS id`) of the blobs that this surface's rows refer to, each as often as it is referred to. */
  references: SQL;

  /** Called after the batch, for caches of this isolate. */
  published(ctx: Ctx): void;

  /** The surface's own answer to an upload, or null when it is gone again. */
  result(ctx: Ctx, uploadId: string): Promise<Record<string, unknown> | null>;

  /** The same as a statement, for kinds whose publication is to be answered by the batch that makes it. */
  resultInBatch?: {
    select: (query: Query, uploadId: string) => Statement;
    read: (ctx: Ctx, rows: unknown) => Record<string, unknown> | null;
  };
}
