import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { countQuery } from "../core/http/limit-queries.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { resultOf } from "./upload-status.ts";
import { firstParts, signParts } from "./sign-parts.ts";
import { signedPart, uploadState } from "./schemas.ts";
import { uploadToken } from "./upload-token.ts";
import { createUpload } from "./create-upload.ts";
import { publisherOf } from "./publishers.ts";

const fieldsOf = (description: string) => z.record(z.string(), z.unknown()).optional().meta({ description });

const kinds = ["package", "plugin", "backup", "input", "output"] as const;

const body = z.object({
  kind: z.enum(kinds),
  filename: z.string().meta({ example: "build.zip" }),
  size: z.int().min(0).meta({ description: "Bytes" }),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, "64 hex digits")
    .transform((hex) => hex.toLowerCase()),
  md5: z
    .string()
    .regex(/^[A-Za-z0-9+/]{22}==$/, "base64")
    .optional(),
  content_type: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, "type/subtype")
    .optional(),
  package: fieldsOf("The fields of the form upload; with an API key"),
  plugin: fieldsOf("`plugin_key`; with `name` and `version`, what is refused is refused now"),
  backup: fieldsOf("`user_key`, `backup_type`, `description`"),
  input: fieldsOf("A file for tasks; with a user's token"),
  output: fieldsOf("What an attempt made: `agent_token`, `task_id`, `attempt`"),
});

const answer = z
  .object({
    upload_id: z.string(),
    upload_token: z.string(),
    state: uploadState,
    method: z.enum(["single", "multipart"]),
    part_size: z.int(),
    part_count: z.int(),
    parts: z.array(signedPart).meta({ description: "At most the first 100" }),
    expires_at: z.iso.datetime(),
    result: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "Of a `ready` one: what the surface's own upload answers" }),
  })
  .meta({ id: "Upload" });

const route = createRoute({
  method: "post",
  path: "/api/v1/uploads",
  tags: ["Signed uploads"],
  summary: "Begin a signed upload",
  description:
    "Everything that can be refused is refused here; the same bytes for the same place once more are `ready` at once. PUT the bytes to the signed URLs, then complete. `Authorization: Bearer <upload_token>` serves the upload from here on.",
  security: apiKeySecurity,
  middleware: withApiKey,
  request: {
    ...jsonBody(body),
    headers: z.object({
      "idempotency-key": z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: "Same key and body: same upload" }),
    }),
  },
  responses: {
    200: {
      description: "These bytes are published there already: nothing is to be sent, and nothing was counted",
      content: { "application/json": { schema: answer } },
    },
    201: { description: "Send the parts", content: { "application/json": { schema: answer } } },
    ...errorResponses(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "INVALID_VERSION",
      "INVALID_FILE_NAME",
      "UNSUPPORTED_FILE_TYPE",
      "EMPTY_FILE",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "INVALID_TOKEN",
      "INVALID_AGENT_TOKEN",
      "WRONG_PLUGIN_KEY",
      "TASK_NOT_FOUND",
      "PACKAGE_EXISTS",
      "PLUGIN_VERSION_EXISTS",
      "BACKUP_LIMIT_EXCEEDED",
      "STALE_ATTEMPT",
      "IDEMPOTENCY_CONFLICT",
      "FILE_TOO_LARGE",
      "RATE_LIMIT_EXCEEDED",
      "INSUFFICIENT_STORAGE",
      "BACKUP_QUOTA_EXCEEDED",
      "INPUT_QUOTA_EXCEEDED",
    ),
  },
});

export const createUploadRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const ctx = contextOf(c);
    const input = c.req.valid("json");
    if (publisherOf(input.kind).anonymous) await countQuery(c);
    const upload = await createUpload(ctx, {
      kind: input.kind,
      fields: input[input.kind],
      fileName: input.filename,
      size: input.size,
      sha256: input.sha256,
      md5: input.md5,
      contentType: input.content_type,
      idempotencyKey: c.req.valid("header")["idempotency-key"],
    });
    const pending = upload.state === "pending" && upload.expiresAt > ctx.deps.clock();
    const result = upload.state === "ready" ? await resultOf(ctx, upload) : null;
    const isPublishedAlready = upload.repeats === upload.id;
    return c.json(
      {
        upload_id: upload.id,
        upload_token: uploadToken(ctx, upload.id),
        state: upload.state,
        method: upload.multipartId ? ("multipart" as const) : ("single" as const),
        part_size: upload.partSize,
        part_count: upload.partCount,
        parts: pending ? await signParts(ctx, upload, firstParts(upload)) : [],
        expires_at: new Date(upload.expiresAt).toISOString(),
        ...(result && { result }),
      },
      isPublishedAlready ? 200 : 201,
    );
  });
