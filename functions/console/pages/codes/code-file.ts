import type { components } from "../../../../scripts/client/openapi.ts";

export type NewCodes = components["schemas"]["NewRechargeCodes"];

/** Codes as CSV (RFC 4180): one line each. None of the fields can have a comma, a quote or a formula. */
export function csvOf({ batch_id: batch, codes }: NewCodes): string {
  const lines = codes.map(({ code, amount, expires_at: until }) =>
    [code, amount.toFixed(2), until ?? "", batch].join(","),
  );
  return `${["code,amount,expires_at,batch_id", ...lines].join("\r\n")}\r\n`;
}

/** Has the browser save a text as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
