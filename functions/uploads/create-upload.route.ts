import { createRoute, z } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { textKey } from "../core/locale/locale.ts";
import { FILE_NAME_SCHEMA } from "../core/file-name.ts";
import { countQuery } from "../core/http/limit-queries.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { resultOf } from "./upload-status.ts";
import { firstParts, signParts } from "./sign-parts.ts";
import { sha256Hex, signedPart, uploadState } from "./schemas.ts";
import { uploadToken } from "./upload-token.ts";
import { LEAST_PART_BYTES, SINGLE_PUT_BYTES } from "./policy.ts";
import { createUpload } from "./create-upload.ts";
import { admissionErrors, allKinds, publisherOf } from "./publishers.ts";

const declaration = z.object({
  filename: z.string().meta({ ...FILE_NAME_SCHEMA, example: "build.zip" }),
  size: z.int().min(0).meta({ description: "Bytes" }),
  part_size: z.int().min(LEAST_PART_BYTES).max(SINGLE_PUT_BYTES).optional().meta({
    description:
      "Bytes of a part, where small ones are wanted: what is larger is sent in parts. Parts are a multiple of it where there would be more than 10,000",
  }),
  sha256: sha256Hex.optional().meta({ description: "Without it here, `complete` has to bring it" }),
  md5: z
    .string()
    .regex(/^[A-Za-z0-9+/]{22}==$/, textKey("upload.md5"))
    .optional(),
  content_type: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, textKey("upload.contentType"))
    .optional(),
});

/**
 * The declaration of an upload of any kind. A field with the kind's name holds the kind's own fields, which are described
 * here and read by the kind itself.
 */
function body() {
  const fields = z.record(z.string(), z.unknown()).optional();
  return z
    .object({
      kind: z.enum(allKinds()),
      ...declaration.shape,
      ...Object.fromEntries(allKinds().map((kind) => [kind, fields])),
    })
    .openapi({ type: "object", oneOf: allKinds().map(describeKind) });
}

type Described = Exclude<Parameters<z.ZodType["openapi"]>[0], string>;

/** The declaration of one kind, as JSON Schema. */
function describeKind(kind: string) {
  const { description, mayBeEmpty } = publisherOf(kind);
  const { fields, credential } = description;
  const { size } = declaration.shape;
  const shape = z.object({
    kind: z.literal(kind),
    ...declaration.shape,
    size: mayBeEmpty ? size : size.meta({ ...size.meta(), minimum: 1 }),
    ...(fields && { [kind]: fields }),
  });
  const { $schema: _dialect, ...described } = z.toJSONSchema(shape, { io: "input", unrepresentable: "any" });
  return { title: `New ${kind} upload`, description: credential, ...described } as Described;
}

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

/** A function, because the kinds of upload are known only when the route is mounted. */
const route = () =>
  createRoute({
    method: "post",
    path: "/api/v1/uploads",
    tags: ["Signed uploads"],
    summary: "Begin a signed upload",
    description:
      "Which credential a kind needs is said with its fields. Everything that can be refused is refused here; the same bytes for the same place once more are `ready` at once. PUT the bytes to the signed URLs, then complete. `Authorization: Bearer <upload_token>` serves the upload from here on.",
    security: [{}, ...apiKeySecurity],
    middleware: withApiKey,
    request: {
      ...jsonBody(body()),
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
        description:
          "These bytes are published there already, or held for the same release: nothing is to be sent, and nothing was counted",
        content: { "application/json": { schema: answer } },
      },
      201: { description: "Send the parts", content: { "application/json": { schema: answer } } },
      ...errorResponses(
        "VALIDATION_ERROR",
        "MISSING_PARAMETER",
        "INSUFFICIENT_STORAGE",
        ...admissionErrors(),
        "EMPTY_FILE",
        "IDEMPOTENCY_CONFLICT",
        "FILE_TOO_LARGE",
        "RATE_LIMIT_EXCEEDED",
        "TOO_MANY_UPLOADS",
      ),
    },
  });

export const createUploadRoute = (router: Router) =>
  router.openapi(route(), async (c) => {
    const ctx = contextOf(c);
    const input = c.req.valid("json");
    if (publisherOf(input.kind).anonymous) await countQuery(c);
    const upload = await createUpload(ctx, {
      kind: input.kind,
      fields: (input as Readonly<Record<string, unknown>>)[input.kind],
      fileName: input.filename,
      size: input.size,
      partSize: input.part_size,
      sha256: input.sha256,
      md5: input.md5,
      contentType: input.content_type,
      idempotencyKey: c.req.valid("header")["idempotency-key"],
    });
    const pending = upload.state === "pending" && upload.expiresAt > ctx.deps.clock();
    const result = upload.state === "ready" ? await resultOf(ctx, upload) : null;
    const isThereAlready = upload.repeats === upload.id || upload.state === "held";
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
      isThereAlready ? 200 : 201,
    );
  });
