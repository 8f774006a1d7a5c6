import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { signParts } from "./sign-parts.ts";
import { PARTS_PER_ANSWER } from "./policy.ts";
import { signedPart, uploadIdParam, uploadSecurity } from "./schemas.ts";
import { findUpload } from "./uploads.ts";
import { withUploadToken } from "./upload-token.middleware.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/uploads/{id}/parts",
  tags: ["Signed uploads"],
  summary: "Fresh URLs for parts, to go on or to resume",
  security: uploadSecurity,
  middleware: withUploadToken,
  request: {
    params: uploadIdParam,
    ...jsonBody(z.object({ part_numbers: z.array(z.int().min(1)).min(1).max(PARTS_PER_ANSWER) })),
  },
  responses: {
    200: {
      description: "The parts",
      content: { "application/json": { schema: z.object({ parts: z.array(signedPart) }) } },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "INVALID_UPLOAD_TOKEN",
      "NOT_FROM_CONSOLE",
      "UPLOAD_NOT_FOUND",
      "UPLOAD_STATE_CONFLICT",
      "UPLOAD_EXPIRED",
    ),
  },
});

export const signPartsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const ctx = contextOf(c);
    const upload = await findUpload(ctx, c.req.valid("param").id);
    return c.json({ parts: await signParts(ctx, upload, c.req.valid("json").part_numbers) }, 200);
  });
