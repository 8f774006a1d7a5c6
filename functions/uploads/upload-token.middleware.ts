import { createMiddleware } from "hono/factory";
import { proofOf } from "../accounts/authenticate.middleware.ts";
import { contextOf, type AppEnv } from "../core/http/request.ts";
import { checkBeginner, checkUploadToken } from "./upload-token.ts";

/**
 * Lets only requests with the upload's own token through and, where they bring no token at all, the console's of whoever has
 * begun the upload.
 * @throws AppError INVALID_UPLOAD_TOKEN; NOT_FROM_CONSOLE where the cookie may not be used.
 */
export const withUploadToken = createMiddleware<AppEnv>(async (c, next) => {
  const id = c.req.param("id") ?? "";
  const authorization = c.req.header("authorization");
  const cookie = authorization === undefined ? proofOf(c) : undefined;
  if (cookie) await checkBeginner(contextOf(c), id, cookie);
  else checkUploadToken(contextOf(c), id, authorization);
  await next();
});
