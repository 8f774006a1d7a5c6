import type { paths } from "../openapi.ts";

/** What to upload. In Node, `await openAsBlob(path)` of node:fs makes one of a file. */
export type SlipwayContent = Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

export type SlipwayOptions = {
  /** The server, such as "https://updates.example.com". */
  url: string;
  /** Sent as X-API-Key. Leave it out of code that others can read, such as a web page. */
  apiKey?: string;
  /** Ends everything that the client is doing. */
  signal?: AbortSignal;
  /** For how many milliseconds the client retries what may succeed later. Default 30,000. */
  patienceMs?: number;
  /** Sent with every call of the server, and to no bucket. */
  headers?: Record<string, string>;
  /** In a page of the server's own origin: its cookie signs every call in, and records of uploads hold no token. */
  signsInByCookie?: boolean;
};

type Method = "get" | "put" | "post" | "delete" | "patch";
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];
type Operation<M extends Method, P extends keyof paths> = paths[P] extends Record<M, infer O> ? O : never;
type Part<O, Name extends string> = O extends { parameters: Record<Name, infer Values extends object> }
  ? { [K in Name]: Values }
  : O extends { parameters: { [K in Name]?: infer Values } }
    ? [Exclude<Values, undefined>] extends [never]
      ? unknown
      : { [K in Name]?: Values }
    : unknown;
type Json<O> = O extends { requestBody: { content: { "application/json": infer Body } } }
  ? { json: Body }
  : O extends { requestBody?: { content: { "application/json": infer Body } } }
    ? { json?: Body }
    : unknown;
type Call<O> = Part<O, "query"> & Part<O, "path"> & Json<O> & { signal?: AbortSignal };
type Success<O> = O extends { responses: infer Answers }
  ? {
      [Status in keyof Answers & (200 | 201 | 202)]: Answers[Status] extends {
        content: { "application/json": infer Body };
      }
        ? Body
        : undefined;
    }[keyof Answers & (200 | 201 | 202)]
  : never;

type Created = Operation<"post", "/api/v1/uploads">;
type Declared = Json<Created> extends { json: infer Body } ? Body : never;
type WithoutBytes<Body> = Body extends unknown ? Omit<Body, "size" | "sha256" | "md5" | "part_size"> : never;

/**
 * What the file is to become: `{ kind: "package", filename, package: { version, package_type, ... } }`; other kinds alike.
 */
export type SlipwayUpload = WithoutBytes<Declared>;

/**
 * An unfinished upload as JSON. Keep it: `resume` needs it and the same content to continue. It contains a token of the
 * upload, unless a cookie signs in.
 */
export type SlipwayUploadRecord = {
  upload_id: string;
  upload_token?: string;
  method: "single" | "multipart";
  size: number;
  part_size: number;
  part_count: number;
  /** ETags of the parts that have been sent, by part number. */
  etags: Record<string, string>;
  /** The SHA-256 in hex of those that were sent with it. */
  digests?: Record<string, string>;
};

export type SlipwayProgress = {
  phase: "hashing" | "uploading" | "verifying";
  bytes: number;
  total: number;
  /**
   * Where the server or the bucket does not answer, or is too busy, and is tried again: since when, and until when at the most.
   * Milliseconds since 1970.
   */
  retry?: { since: number; until: number };
};

export type SlipwayUploadOptions = {
  signal?: AbortSignal;
  /** How many parts are sent at the same time. Default 4. */
  jobs?: number;
  /**
   * How many bytes a part is to have, from 5 to 64 MiB: what is larger is sent in parts. Small ones lose less where somebody
   * pauses. By default 32 MiB, where the content has more than 64.
   */
  partSize?: number;
  /**
   * Takes the SHA-256 of the content, in hex, while its parts are being sent; in a page, a Web Worker does so. Without it the
   * library takes it itself, before it begins to send. Where it rejects, the upload stops with that reason.
   */
  sha256?: (content: Blob, signal: AbortSignal) => Promise<string>;
  /**
   * Takes the SHA-256 of each part, which the runtime does itself and fast, where the bucket compares parts with theirs; where
   * it does not, `sha256` is asked for. Such an upload does not know before it is sent that its bytes are published already.
   */
  hashesParts?: boolean;
  onProgress?: (progress: SlipwayProgress) => void;
  /** Called when the upload has begun and after each part. Keep the latest record for `resume`. */
  onRecord?: (record: SlipwayUploadRecord) => void | Promise<void>;
};

/**
 * What the upload became: for a package, `package_id`, `download_url` and the like. For one that is held until its release is
 * published, `{ state: "held", upload_id }`.
 */
export type SlipwayResult = Record<string, unknown>;

type CheckQuery =
  Operation<"get", "/api/v1/version/check"> extends { parameters: { query: infer Q } } ? Q : never;

export type Slipway = {
  /** Asks whether there is something newer than `current_version`. */
  check(
    query: CheckQuery,
    options?: { signal?: AbortSignal },
  ): Promise<Success<Operation<"get", "/api/v1/version/check">>>;
  /** Uploads, then waits until the server has verified and published the bytes. */
  upload(
    content: SlipwayContent,
    upload: SlipwayUpload,
    options?: SlipwayUploadOptions,
  ): Promise<SlipwayResult>;
  /** Continues an interrupted upload, also one that another process began. */
  resume(
    content: SlipwayContent,
    record: SlipwayUploadRecord,
    options?: SlipwayUploadOptions,
  ): Promise<SlipwayResult>;
  /** Any other endpoint of `/docs`: `call("get", "/api/v1/packages", { query: { platform: "all" } })`. */
  call<M extends Method, P extends PathsWith<M>>(
    method: M,
    path: P,
    ...call: object extends Call<Operation<M, P>> ? [Call<Operation<M, P>>?] : [Call<Operation<M, P>>]
  ): Promise<Success<Operation<M, P>>>;
};

/**
 * A client of one server, for Node, browsers and Workers. Its promises reject with a `SlipwayError`, or with the reason of
 * `signal` where that fired.
 */
export declare function createSlipway(options: SlipwayOptions): Slipway;

/**
 * A failure. The message says in a sentence what went wrong. `code` is the server's `error_code`, or one of the library's
 * own such as NETWORK and UPLOAD_OVER.
 */
export declare class SlipwayError extends Error {
  readonly code: string;
  readonly data: unknown;
}
