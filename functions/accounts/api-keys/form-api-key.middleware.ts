import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../../core/http/request.ts";
import { AppError } from "../../core/errors.ts";
import { malformedForm } from "../../core/http/malformed-form.ts";
import { MultipartError, readMultipart } from "../../kit/multipart/multipart.ts";
import { authenticateKey } from "./api-keys.ts";

/** A form that carries nothing but a key. */
const MAX_FORM_BYTES = 64 * 1024;

/** Reads an API key from the form field `api_key`, where the request's headers did not bring one. */
export const withFormApiKey = createMiddleware<AppEnv>(async (c, next) => {
  if (c.var.actor.type === "nobody") {
    const key = await readFormKey(c.req.raw);
    if (key) c.set("actor", await authenticateKey(c.var.deps, key));
  }
  await next();
});

async function readFormKey(request: Request): Promise<string | undefined> {
  const type = request.headers.get("content-type") ?? "";
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FORM_BYTES) {
    throw new AppError("FILE_TOO_LARGE", { limit: MAX_FORM_BYTES });
  }
  if (type.startsWith("application/x-www-form-urlencoded")) {
    return new URLSearchParams(await request.text()).get("api_key") ?? undefined;
  }
  if (!type.startsWith("multipart/form-data")) return undefined;
  try {
    const fields = await readMultipart(request, { maxFileBytes: 0, onFile: async () => undefined });
    return fields.get("api_key");
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw malformedForm(error);
  }
}
