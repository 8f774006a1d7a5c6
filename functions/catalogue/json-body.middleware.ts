import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../core/http/request.ts";
import { AppError } from "../core/errors.ts";
import type { Locale } from "../core/locale/locale.ts";
import { isReadAsJson, type JsonReading } from "../core/http/json-body.middleware.ts";
import { pydanticMessage, type PydanticType } from "../core/http/pydantic.ts";

/** As FastAPI does: a client that says nothing of its body's type means JSON. */
export const CATALOGUE_JSON: JsonReading = "declared or none";

/** Refuses a body that is no JSON object as FastAPI does, before its fields are looked at. */
export const withJsonObject = createMiddleware<AppEnv>(async (c, next) => {
  const { locale } = c.var;
  const body = await c.req.text();
  if (body === "") throw bodyFault(locale, "missing");
  const isJson = isReadAsJson(CATALOGUE_JSON, c.req.header("content-type"));
  if (!isJson) throw bodyFault(locale, "model_attributes_type");
  const value = parse(body, locale);
  if (value === null) throw bodyFault(locale, "missing");
  if (typeof value !== "object" || Array.isArray(value)) throw bodyFault(locale, "model_attributes_type");
  await next();
});

function parse(body: string, locale: Locale): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw bodyFault(locale, "json_invalid", [faultOffset(body)]);
  }
}

function bodyFault(locale: Locale, type: PydanticType, path: number[] = []): AppError {
  const message = pydanticMessage(locale, type) ?? type;
  const issues = [{ where: "body" as const, path, message, type }];
  return new AppError("VALIDATION_ERROR", { field: "body", problem: message }, { issues });
}

/** The position up to which a text can still be the beginning of some JSON, found by halving. */
function faultOffset(body: string): number {
  let [good, bad] = [0, body.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (endsEarly(body.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Whether a text is JSON, or could become JSON if it went on. V8 names the position of a fault, or the token. */
function endsEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const position = /position (\d+)/.exec(message)?.[1];
    if (position !== undefined) return Number(position) >= text.length;
    return message.includes("end of JSON");
  }
}
