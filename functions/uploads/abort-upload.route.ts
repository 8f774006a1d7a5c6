import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { abortUpload } from "./abort-upload.ts";
import { uploadIdParam, uploadSecurity, uploadStatus } from "./schemas.ts";
import { withUploadToken } from "./upload-token.middleware.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/uploads/{id}",
  tags: ["Signed uploads"],
  summary: "Abort an upload and free its quota",
  security: uploadSecurity,
  middleware: withUploadToken,
  request: { params: uploadIdParam },
  responses: {
    200: { description: "Its state", content: { "application/json": { schema: uploadStatus } } },
    ...errorResponses(
      "UPLOAD_STATE_CONFLICT",
      "INVALID_UPLOAD_TOKEN",
      "NOT_FROM_CONSOLE",
      "UPLOAD_NOT_FOUND",
    ),
  },
});

export const abortUploadRoute = (router: Router) =>
  router.openapi(route, async (c) => c.json(await abortUpload(contextOf(c), c.req.valid("param").id), 200));
