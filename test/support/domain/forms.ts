const BOUNDARY = "----domain-test-boundary";
const encoder = new TextEncoder();

export type FormPart =
  | { name: string; value: string }
  | { name: string; file: Uint8Array; fileName?: string };

/** The pieces of a multipart/form-data body, in this order. */
function pieces(parts: FormPart[]): Uint8Array<ArrayBuffer>[] {
  const encoded = parts.flatMap((part) => {
    const isFile = "file" in part;
    const fileName = isFile ? `; filename="${part.fileName ?? "build.zip"}"` : "";
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part.name}"${fileName}\r\n\r\n`;
    const body = isFile ? new Uint8Array(part.file) : encoder.encode(part.value);
    return [encoder.encode(head), body, encoder.encode("\r\n")];
  });
  return [...encoded, encoder.encode(`--${BOUNDARY}--\r\n`)];
}

/** The fields of a package's form, then its file. */
export function packageForm(file: Uint8Array, fields: Record<string, string> = {}): FormPart[] {
  const all = { version: "1.0.0", package_type: "full", ...fields };
  return [...fieldParts(all), { name: "file", file }];
}

export function fieldParts(fields: Record<string, string>): FormPart[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}

/** A request as a client sends it: of known length, or with the client gone after `breakAfter` bytes. */
export function formRequest(
  parts: FormPart[],
  options: { breakAfter?: number; withoutLength?: boolean } = {},
): Request {
  const bytes = Buffer.concat(pieces(parts));
  const end = options.breakAfter ?? bytes.length;
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === bytes.length) return controller.close();
      if (sent >= end) return controller.error(new Error("the client is gone"));
      const chunk = new Uint8Array(bytes.subarray(sent, Math.min(sent + 5000, end)));
      sent += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const headers = new Headers({ "content-type": `multipart/form-data; boundary=${BOUNDARY}` });
  if (!options.withoutLength) headers.set("content-length", String(bytes.length));
  const init = { method: "POST", headers, body, duplex: "half" };
  return new Request("http://localhost/api/v1/upload/package", init);
}
