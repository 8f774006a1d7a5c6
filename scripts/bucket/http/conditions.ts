import { header, type Call } from "./call.ts";
import { refusals } from "./refusal.ts";

/** What conditions are about: an object as it is now. */
export type Version = { etag: string; modified: number };

/**
 * Whether the client already has what it reads ("unchanged"). Refuses a read whose preconditions do not hold. Method: RFC
 * 9110, 13.2.2.
 */
export function checkRead(call: Call, version: Version): "unchanged" | "wanted" {
  refuseOther(call, "if-", version);
  const noneMatch = header(call, "if-none-match");
  if (noneMatch !== undefined) return listed(noneMatch, version.etag) ? "unchanged" : "wanted";
  const since = dateOf(call, "if-modified-since");
  return since !== undefined && seconds(version.modified) <= since ? "unchanged" : "wanted";
}

/** Refuses a copy whose source is not the one that the client meant. */
export function checkCopySource(call: Call, version: Version): void {
  refuseOther(call, "x-amz-copy-source-if-", version);
  const noneMatch = header(call, "x-amz-copy-source-if-none-match");
  const since = dateOf(call, "x-amz-copy-source-if-modified-since");
  const unwanted =
    noneMatch === undefined
      ? since !== undefined && seconds(version.modified) <= since
      : listed(noneMatch, version.etag);
  if (unwanted) throw refusals.preconditionFailed();
}

/** Refuses a write that would replace what must not be replaced: `If-None-Match: *`, `If-Match: <ETag>`. */
export function checkWrite(call: Call, present: Version | undefined): void {
  const noneMatch = header(call, "if-none-match");
  if (noneMatch !== undefined && noneMatch !== "*")
    throw refusals.notImplemented("If-None-Match other than *");
  if (noneMatch !== undefined && present !== undefined) throw refusals.preconditionFailed();
  const match = header(call, "if-match");
  if (match === undefined) return;
  if (present === undefined) throw refusals.noSuchKey();
  if (!listed(match, present.etag)) throw refusals.preconditionFailed();
}

/** Whether a range applies, because it was asked of this version. For another version the whole object is sent. */
export function rangeApplies(call: Call, version: Version): boolean {
  const condition = header(call, "if-range");
  if (condition === undefined) return true;
  if (condition.startsWith("W/")) return false;
  if (condition.startsWith('"')) return condition === version.etag;
  const date = Date.parse(condition);
  return Number.isNaN(date)
    ? unquote(condition) === unquote(version.etag)
    : date === seconds(version.modified);
}

function refuseOther(call: Call, prefix: string, version: Version): void {
  const match = header(call, `${prefix}match`);
  if (match !== undefined) {
    if (!listed(match, version.etag)) throw refusals.preconditionFailed();
    return;
  }
  const since = dateOf(call, `${prefix}unmodified-since`);
  if (since !== undefined && seconds(version.modified) > since) throw refusals.preconditionFailed();
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

function dateOf(call: Call, name: string): number | undefined {
  const date = Date.parse(header(call, name) ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** Clients send ETags with and without quotes; both mean the same. */
export const unquote = (etag: string): string => etag.trim().replace(/^W\//, "").replaceAll('"', "");

function listed(condition: string, etag: string): boolean {
  return condition
    .split(",")
    .map(unquote)
    .some((one) => one === "*" || one === unquote(etag));
}
