import type { paths } from "../openapi.ts";

/** What is uploaded. A file of Node: `await openAsBlob(path)` of node:fs. */
export type SlipwayContent = Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

export type SlipwayOptions = {
  /** The server, such as "https://updates.example.com". */
  url: string;
  /** Sent as X-API-Key. Leave it away in what others can read, as web pages. */
  apiKey?: string;
  /** Ends all that is under way. */
  signal?: AbortSignal;
  /** Milliseconds for which failures that pass by themselves are tried again. Default 30,000. */
  patienceMs?: number;
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
type WithoutBytes<Body> = Body extends unknown ? Omit<Body, "size" | "sha256" | "md5"> : never;

/** What an upload is: `{ kind: "package", filename, package: { version, package_type, ... } }`, and the like of other kinds. */
export type SlipwayUpload = WithoutBytes<Declared>;

/** An unfinished upload, as JSON to be kept: with it and the same content, `resume` goes on. It holds a token of the upload. */
export type SlipwayUploadRecord = {
  upload_id: string;
  upload_token: string;
  method: "single" | "multipart";
  size: number;
  part_size: number;
  part_count: number;
  /** ETags of the parts that are there, by number. */
  etags: Record<string, string>;
};

export type SlipwayProgress = { phase: "hashing" | "uploading" | "verifying"; bytes: number; total: number };

export type SlipwayUploadOptions = {
  signal?: AbortSignal;
  /** Parts sent at the same time. Default 4. */
  jobs?: number;
  onProgress?: (progress: SlipwayProgress) => void;
  /** Told when the upload has begun and after each part: keep it for `resume`. */
  onRecord?: (record: SlipwayUploadRecord) => void | Promise<void>;
};

/** What the upload became: for a package, `package_id`, `download_url` and the like. */
export type SlipwayResult = Record<string, unknown>;

type CheckQuery =
  Operation<"get", "/api/v1/version/check"> extends { parameters: { query: infer Q } } ? Q : never;

export type Slipway = {
  /** Whether there is something newer than `current_version`. */
  check(
    query: CheckQuery,
    options?: { signal?: AbortSignal },
  ): Promise<Success<Operation<"get", "/api/v1/version/check">>>;
  /** Uploads and waits until the server has verified the bytes and published them. */
  upload(
    content: SlipwayContent,
    upload: SlipwayUpload,
    options?: SlipwayUploadOptions,
  ): Promise<SlipwayResult>;
  /** Goes on with an upload that was interrupted, wherever it was. */
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

/** A client of one server, for Node, browsers and Workers. Every promise rejects with a `SlipwayError`, or as `signal` says. */
export declare function createSlipway(options: SlipwayOptions): Slipway;

/** What went wrong, in a sentence; `code` is the server's `error_code`, or NETWORK, REJECTED and the like. */
export declare class SlipwayError extends Error {
  readonly code: string;
  readonly data: unknown;
}
