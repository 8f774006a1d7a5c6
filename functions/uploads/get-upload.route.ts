import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { getUpload } from "./get-upload.ts";
import { uploadIdParam, uploadSecurity, uploadStatus } from "./schemas.ts";
import { withUploadToken } from "./upload-token.middleware.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/uploads/{id}",
  tags: ["Signed uploads"],
  summary: "How an upload stands",
  security: uploadSecurity,
  middleware: withUploadToken,
  request: { params: uploadIdParam },
  responses: {
    200: { description: "Its state", content: { "application/json": { schema: uploadStatus } } },
    ...errorResponses("INVALID_UPLOAD_TOKEN", "UPLOAD_NOT_FOUND"),
  },
});

export const getUploadRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await getUpload(contextOf(c), c.req.valid("param").id), 200));
