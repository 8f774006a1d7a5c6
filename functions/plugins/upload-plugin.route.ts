import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import type { Router } from "../core/http/router.ts";
import { formBody } from "../uploads/forms/describe-form.ts";
import { receiveForm } from "../uploads/forms/receive-form.ts";
import { pluginFields } from "./draft-plugin.ts";
import { dataAnswer, pluginErrors, pluginSchema, success } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/plugins/upload",
  tags: ["Plugins"],
  summary: "Upload a version of a plugin by form",
  description:
    "A ZIP with `plugin.json` at its root, up to 100 MiB; larger ones use signed uploads. The first upload of a name binds it to its plugin key; the same bytes of a version again are the plugin that is there.",
  middleware: limitQueries,
  request: formBody(pluginFields),
  responses: {
    200: dataAnswer("Published", pluginSchema),
    ...pluginErrors(
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "MALFORMED_BODY",
      "INVALID_FILE_NAME",
      "UNSUPPORTED_FILE_TYPE",
      "EMPTY_FILE",
      "INVALID_PLUGIN",
      "WRONG_PLUGIN_KEY",
      "WRONG_UPLOAD_SECRET",
      "PLUGIN_EXISTS",
      "PLUGIN_VERSION_EXISTS",
      "PLUGIN_DELETED",
      "FILE_TOO_LARGE",
      "RATE_LIMIT_EXCEEDED",
      "INSUFFICIENT_STORAGE",
    ),
  },
});

export const uploadPluginRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const result = await receiveForm(contextOf(c), c.req.raw, "plugin");
    return c.json(success(c.var.locale, "plugin.uploaded", pluginSchema.parse(result)), 200);
  });
