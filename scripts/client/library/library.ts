import { ClientError } from "../errors.ts";
import { createClient, type Retry } from "../client.ts";
import type * as declared from "./types.ts";
import { createTeller } from "./teller.ts";
import { resumeUpload, startUpload } from "./upload.ts";

/** The exports of the library; types.ts declares them. */
export { ClientError as SlipwayError };

const PATIENCE_MS = 30_000;

type Given = {
  query?: Record<string, string | number>;
  path?: Record<string, string | number>;
  json?: unknown;
  signal?: AbortSignal;
};

export const createSlipway: typeof declared.createSlipway = ({
  url,
  apiKey,
  signal,
  patienceMs,
  headers = {},
  signsInByCookie = false,
}) => {
  const all = signal ?? new AbortController().signal;
  /** A client whose work ends when either signal fires. */
  const during = (one?: AbortSignal, onRetry?: (retry: Retry | undefined) => void) => {
    const either = one === undefined ? all : AbortSignal.any([all, one]);
    const options = { url: url.replace(/\/+$/, ""), apiKey, patienceMs: patienceMs ?? PATIENCE_MS, headers };
    return { client: createClient({ ...options, signal: either, onRetry }), signal: either, signsInByCookie };
  };

  async function call(method: string, path: string, given: Given = {}): Promise<unknown> {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
      encodeURIComponent(given.path?.[name] ?? ""),
    );
    const { client } = during(given.signal);
    const { query, json } = given;
    return (await client.call(method.toUpperCase(), filled, { query, json, key: "if-set" })).json;
  }

  const workOn = (content: declared.SlipwayContent, options: declared.SlipwayUploadOptions) => {
    const blob = asBlob(content);
    const teller = createTeller(blob.size, options.onProgress);
    return { ...during(options.signal, teller.retry), content: blob, options, teller };
  };

  return {
    call: call as declared.Slipway["call"],
    check: (query, options) =>
      call("get", "/api/v1/version/check", { query, ...options }) as ReturnType<declared.Slipway["check"]>,
    upload: (content, upload, options = {}) => startUpload(workOn(content, options), upload),
    resume: (content, record, options = {}) => resumeUpload(workOn(content, options), record),
  };
};

const asBlob = (content: declared.SlipwayContent) =>
  content instanceof Blob ? content : new Blob([content]);
