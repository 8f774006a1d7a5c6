import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { completeUpload } from "./complete-upload.ts";
import { MAX_PARTS } from "./policy.ts";
import { publicationErrors } from "./publishers.ts";
import { sha256Hex, uploadIdParam, uploadSecurity, uploadStatus } from "./schemas.ts";
import { withUploadToken } from "./upload-token.middleware.ts";

const content = { "application/json": { schema: uploadStatus } };

/** A function, because the kinds of upload are known only when the route is mounted. */
const route = () =>
  createRoute({
    method: "post",
    path: "/api/v1/uploads/{id}/complete",
    tags: ["Signed uploads"],
    summary: "All bytes are sent: verify and publish",
    description:
      "May be repeated. Small uploads are published at once, larger ones are verified behind the answer.",
    security: uploadSecurity,
    middleware: withUploadToken,
    request: {
      params: uploadIdParam,
      ...jsonBody(
        z.object({
          parts: z
            .array(
              z.object({
                part_number: z.int().min(1),
                etag: z.string().min(1).max(200),
                sha256: sha256Hex
                  .optional()
                  .meta({ description: "Of a part that was sent with it as its Content-Digest" }),
              }),
            )
            .max(MAX_PARTS)
            .optional()
            .meta({ description: "Of a multipart upload: every part's ETag as its PUT answered it" }),
          sha256: sha256Hex.optional().meta({
            description:
              "Of all bytes; needed where the upload was begun without, unless every part says its own, else the same once more",
          }),
        }),
      ),
    },
    responses: {
      200: { description: "Published, or verified and held for its release", content },
      202: { description: "Being verified", content },
      ...errorResponses(
        "VALIDATION_ERROR",
        "MISSING_PARAMETER",
        "INVALID_UPLOAD_TOKEN",
        "NOT_FROM_CONSOLE",
        "UPLOAD_NOT_FOUND",
        "UPLOAD_INCOMPLETE",
        "UPLOAD_STATE_CONFLICT",
        "UPLOAD_EXPIRED",
        "CHECKSUM_CONFLICT",
        "CHECKSUM_MISMATCH",
        "SIZE_MISMATCH",
        ...publicationErrors(),
      ),
    },
  });

export const completeUploadRoute = (router: Router) =>
  router.openapi(route(), async (c) => {
    const { parts: listed, sha256 } = c.req.valid("json");
    const parts = listed?.map((part) => ({
      partNumber: part.part_number,
      etag: part.etag,
      sha256: part.sha256,
    }));
    const status = await completeUpload(contextOf(c), c.req.valid("param").id, parts, sha256);
    const isVerified = status.state === "ready" || status.state === "held";
    return isVerified ? c.json(status, 200) : c.json(status, 202);
  });
