import { createMiddleware } from "hono/factory";
import { contextOf, type AppEnv } from "../core/http/request.ts";
import { checkUploadToken } from "./upload-token.ts";

/** Lets only requests with the upload's own token through. */
export const withUploadToken = createMiddleware<AppEnv>(async (c, next) => {
  checkUploadToken(contextOf(c), c.req.param("id") ?? "", c.req.header("authorization"));
  await next();
});
