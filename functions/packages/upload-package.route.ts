import { createRoute } from "@hono/zod-openapi";
import { withApiKey } from "../accounts/authenticate.middleware.ts";
import { apiKeySecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { formBody } from "../uploads/forms/describe-form.ts";
import { receiveForm } from "../uploads/forms/receive-form.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { packageFields } from "./draft-package.ts";
import { heldPackage, uploadedPackage } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/upload/package",
  tags: ["Packages"],
  summary: "Upload a package by form",
  description:
    "Streams the file through the server, up to MAX_FORM_BYTES; larger files use signed uploads. The same bytes for the same place again are the package that is there. The key is a field, or in the head of the request.",
  security: [{}, ...apiKeySecurity],
  middleware: [limitQueries, withApiKey] as const,
  request: formBody(packageFields, {
    is_stable: { default: true },
    is_critical: { default: false },
    is_watershed: { default: false },
    platform: { default: "windows" },
    arch: { default: "x64" },
    draft: { default: false },
    requires_admin: { default: false },
    api_key: { type: "string" },
  }),
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
      "SOFTWARE_DELETED",
      "ROLLOUT_DIFFERS",
      "ROLLOUT_LATE",
      "FILE_TOO_LARGE",
      "TOO_MANY_UPLOADS",
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
