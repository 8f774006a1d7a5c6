/** One part of a form: a field, or the file. */
export type FormPart =
  | { name: string; value: string }
  | { name: string; fileName: string; bytes: Uint8Array };

export type RawForm = { contentType: string; body: Uint8Array<ArrayBuffer> };

/** Writes multipart/form-data by hand, in this order, with each part's head as `head` says. */
function write(
  boundary: string,
  contentType: string,
  parts: FormPart[],
  head: (part: FormPart) => string[],
): RawForm {
  const chunks: Uint8Array[] = [];
  for (const part of parts) {
    chunks.push(Buffer.from(`--${boundary}\r\n${head(part).join("\r\n")}\r\n\r\n`));
    chunks.push("bytes" in part ? part.bytes : Buffer.from(part.value), Buffer.from("\r\n"));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType, body: new Uint8Array(Buffer.concat(chunks)) };
}

/** As `curl -F` sends it. */
export function curlForm(parts: FormPart[]): RawForm {
  const boundary = "------------------------d74496d66958873e";
  return write(boundary, `multipart/form-data; boundary=${boundary}`, parts, (part) =>
    "bytes" in part
      ? [
          `Content-Disposition: form-data; name="${part.name}"; filename="${part.fileName}"`,
          "Content-Type: application/octet-stream",
        ]
      : [`Content-Disposition: form-data; name="${part.name}"`],
  );
}

/** As python-requests sends `files` and `data`: no type for the file. */
export function pythonForm(parts: FormPart[]): RawForm {
  const boundary = "4c6cd9a5b2e04f6f8b1f4c0d2f6e7a31";
  return write(boundary, `multipart/form-data; boundary=${boundary}`, parts, (part) => [
    `Content-Disposition: form-data; name="${part.name}"${"bytes" in part ? `; filename="${part.fileName}"` : ""}`,
  ]);
}

/** As PowerShell's `Invoke-RestMethod -Form` sends it: a quoted boundary, names without quotes, a type for each field. */
export function powerShellForm(parts: FormPart[]): RawForm {
  const boundary = "f0cdc6a4-5b2e-4a5c-8c8f-0e6f7a1b2c3d";
  return write(boundary, `multipart/form-data; boundary="${boundary}"`, parts, (part) =>
    "bytes" in part
      ? [
          "Content-Type: application/octet-stream",
          `Content-Disposition: form-data; name=${part.name}; filename=${part.fileName}; filename*=utf-8''${part.fileName}`,
        ]
      : ["Content-Type: text/plain; charset=utf-8", `Content-Disposition: form-data; name=${part.name}`],
  );
}
