import type { z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { AppError } from "../errors.ts";
import { withoutNulls } from "./absent-nulls.ts";
import { halfCharacterFault } from "./half-characters.ts";
import type { AppEnv } from "./request.ts";

/**
 * Which Content-Type a surface's clients send with JSON: its own, any at all (desktop programs often set none, or a form's), or
 * its own or none.
 */
export type JsonReading = "declared" | "any" | "declared or none";

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Whether a body with this Content-Type is to be read as JSON. */
export function isReadAsJson(reading: JsonReading, type: string | undefined): boolean {
  if (reading === "any") return true;
  if (!type) return reading === "declared or none";
  return JSON_TYPE.test(type);
}

/**
 * Stands before the validation of a JSON body, on every surface: half characters are refused, and null counts as absent where
 * `schema` lets a field be absent and gives null no meaning of its own.
 * @throws AppError MALFORMED_BODY naming the header, for another Content-Type than the surface reads; VALIDATION_ERROR.
 */
export function withJsonBody(schema: z.ZodType, reading: JsonReading) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const type = c.req.header("content-type");
    const text = await c.req.text();
    if (text === "") return next();
    if (!isReadAsJson(reading, type)) throw new AppError("MALFORMED_BODY", { reason: "body.contentType" });
    if (!JSON_TYPE.test(type ?? "")) c.req.raw = declaredAsJson(c.req.raw);
    const body = parse(text);
    const fault = halfCharacterFault(text, body, c.var.locale);
    if (fault) throw fault;
    const read = withoutNulls(schema, body);
    if (read !== body) Object.assign(c.req.bodyCache, { text: Promise.resolve(JSON.stringify(read)) });
    return next();
  });
}

/** The request with the header that its body deserves; the body itself is read already. */
function declaredAsJson({ url, method, headers }: Request): Request {
  const declared = new Headers(headers);
  declared.set("content-type", "application/json");
  return new Request(url, { method, headers: declared });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("MALFORMED_BODY", { problem: "JSON" }, { cause });
  }
}
