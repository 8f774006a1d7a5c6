import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { receiveForm } from "../uploads/forms/receive-form.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { heldPackage, targets, uploadedPackage } from "./schemas.ts";

const text = { type: "string" } as const;

const route = createRoute({
  method: "post",
  path: "/api/v1/upload/package",
  tags: ["Packages"],
  summary: "Upload a package by form",
  description:
    "Streams the file through the server, up to MAX_FORM_BYTES; larger files use signed uploads. The same bytes for the same place again are the package that is there. The key is a field, or in the head of the request.",
  security: [{}, ...apiKeySecurity],
  middleware: [limitQueries, withApiKey] as const,
  request: {
    body: {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            type: "object",
            required: ["version", "package_type", "file"],
            properties: {
              version: { ...text, example: "2.2.5" },
              package_type: { ...text, enum: ["full", "patch", "hotfix"] },
              description: text,
              is_stable: { type: "boolean", default: true },
              is_critical: { type: "boolean", default: false },
              is_watershed: {
                type: "boolean",
                default: false,
                description: "Of the version: no device below jumps over it",
              },
              min_update_from: {
                ...text,
                example: "2.0.0",
                description: "Of the version: the lowest one that may take it directly",
              },
              platform: {
                ...text,
                enum: [...targets.platforms],
                default: "windows",
              },
              arch: { ...text, enum: [...targets.arches], default: "x64" },
              from_version: text,
              software: { ...text, default: "omega" },
              channel: text,
              notes: text,
              draft: { type: "boolean", default: false },
              signature: text,
              ed_signature: text,
              build_number: text,
              min_os_version: text,
              installer_args: text,
              requires_admin: { type: "boolean", default: false },
              file: { ...text, format: "binary" },
              api_key: text,
            },
          },
        },
      },
    },
  },
  responses: {
    200: { description: "Published", content: { "application/json": { schema: uploadedPackage } } },
    202: {
      description: "With `draft`: verified, and held until its release is published",
      content: { "application/json": { schema: heldPackage } },
    },
    ...errorResponses(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "MALFORMED_BODY",
      "INVALID_VERSION",
      "INVALID_FILE_NAME",
      "UNSUPPORTED_FILE_TYPE",
      "EMPTY_FILE",
      "INVALID_API_KEY",
      "INSUFFICIENT_SCOPE",
      "PACKAGE_EXISTS",
      "FILE_TOO_LARGE",
      "RATE_LIMIT_EXCEEDED",
      "INSUFFICIENT_STORAGE",
    ),
  },
});

export const uploadPackageRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const result = await receiveForm(contextOf(c), c.req.raw, "package");
    return "state" in result
      ? c.json(heldPackage.parse(result), 202)
      : c.json(uploadedPackage.parse(result), 200);
  });
