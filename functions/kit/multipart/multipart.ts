import { openChunks } from "../bytes.ts";
import { decodeUtf8, parseBoundary, parsePartHeaders } from "./headers.ts";
import { createPartReader, MultipartError, type PartReader } from "./parts.ts";

export { MultipartError } from "./parts.ts";

/** Bytes per read of the body: large enough to be cheap, small enough that many uploads fit one isolate. */
const READ_BYTES = 256 * 1024;

export type MultipartFile = {
  fieldName: string;
  /** The name as the client sent it, decoded but not checked: it may hold a path, be empty or be of any length. */
  fileName: string;
  contentType: string;
  /**
   * The file's bytes as they arrive. A chunk is valid only until the next one is asked for: keep copies, not chunks. To be
   * read before `onFile` returns; what is unread by then is skipped.
   */
  stream: AsyncIterable<Uint8Array>;
};

export type MultipartOptions = {
  /** The most bytes that the file may have, and all skipped files together. */
  maxFileBytes: number;
  /**
   * The field that holds the file; files in other fields are skipped. Where it is not given, any field may hold the file.
   */
  fileField?: string;
  /** Bytes of one field's value (default 8 KiB). */
  maxFieldBytes?: number;
  /** Fields of one request, repeated ones counted each (default 64). */
  maxFields?: number;
  /** Bytes of one part's headers, and of what stands before the first part or after the last (default 8 KiB). */
  maxHeaderBytes?: number;
  /**
   * Takes the one file while the request still arrives; reading waits for it. `fields` holds the fields that came before the
   * file. What it throws ends the request, and is thrown on.
   */
  onFile: (file: MultipartFile, fields: ReadonlyMap<string, string>) => Promise<void>;
};

/**
 * Reads a multipart/form-data request with at most one file. The memory that it needs depends on the limits alone.
 * @returns the fields; of a repeated field the last value
 * @throws MultipartError; the rest of the body is left unread then, as after an error of `onFile`
 */
export async function readMultipart(
  request: { headers: Headers; body: ReadableStream<Uint8Array> | null },
  options: MultipartOptions,
): Promise<Map<string, string>> {
  const { maxFieldBytes = 8 * 1024, maxFields = 64, maxHeaderBytes = 8 * 1024 } = options;
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data[ \t]*(;|$)/i.test(contentType)) throw new MultipartError("not-multipart");
  const boundary = parseBoundary(contentType);
  if (boundary === null) throw new MultipartError("malformed", "no usable boundary in the content type");
  if (request.body === null) throw new MultipartError("truncated");

  const body = openChunks(request.body, READ_BYTES);
  try {
    const mostBytes =
      options.maxFileBytes + maxFields * (maxFieldBytes + maxHeaderBytes) + 4 * maxHeaderBytes;
    if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw new MultipartError("too-large");
    return await readParts(createPartReader(body, boundary, maxHeaderBytes), {
      ...options,
      maxFieldBytes,
      maxFields,
    });
  } catch (error) {
    body.release();
    throw error;
  }
}

async function readParts(
  parts: PartReader,
  options: MultipartOptions & { maxFieldBytes: number; maxFields: number },
): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  let fieldCount = 0;
  let hasFile = false;
  let passedOver = 0;
  for (let block = await parts.nextPart(); block !== null; block = await parts.nextPart()) {
    const headers = parsePartHeaders(block);
    if (headers === null) throw new MultipartError("malformed", "unreadable part headers");
    const { name, fileName, contentType } = headers;
    if (fileName !== null && name !== (options.fileField ?? name)) {
      if (++fieldCount > options.maxFields) throw new MultipartError("too-many-fields");
      for (let chunk = await parts.nextChunk(); chunk !== null; chunk = await parts.nextChunk()) {
        passedOver += chunk.length;
        if (passedOver > options.maxFileBytes) throw new MultipartError("too-large");
      }
    } else if (fileName !== null) {
      if (hasFile) throw new MultipartError("malformed", "more than one file");
      hasFile = true;
      const file = { fieldName: name, fileName, contentType: contentType ?? "application/octet-stream" };
      await passFile(parts, file, fields, options);
    } else {
      if (++fieldCount > options.maxFields) throw new MultipartError("too-many-fields");
      fields.set(name, await readField(parts, options.maxFieldBytes));
    }
  }
  return fields;
}

async function passFile(
  parts: PartReader,
  file: Omit<MultipartFile, "stream">,
  fields: ReadonlyMap<string, string>,
  { maxFileBytes, onFile }: MultipartOptions,
): Promise<void> {
  let size = 0;
  let over = false;
  const next = async () => {
    const chunk = size > maxFileBytes ? null : await parts.nextChunk();
    size += chunk?.length ?? 0;
    if (size > maxFileBytes) throw new MultipartError("too-large");
    return chunk;
  };
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (over) throw new Error("the file must be read before onFile returns");
      const chunk = await next();
      if (chunk === null) return;
      yield chunk;
    }
  }
  await onFile({ ...file, stream: stream() }, fields);
  over = true;
  while ((await next()) !== null);
}

async function readField(parts: PartReader, maxFieldBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await parts.nextChunk(); chunk !== null; chunk = await parts.nextChunk()) {
    size += chunk.length;
    if (size > maxFieldBytes) throw new MultipartError("field-too-large");
    chunks.push(new Uint8Array(chunk));
  }
  const text = decodeUtf8(Buffer.concat(chunks));
  if (text === null) throw new MultipartError("malformed", "a field is not UTF-8");
  return text;
}
