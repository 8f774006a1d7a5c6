import { createRoute } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { limitQueries } from "../core/http/limit-queries.ts";
import { message } from "../core/locale/locale.ts";
import type { Router } from "../core/http/router.ts";
import { formBody } from "../uploads/forms/describe-form.ts";
import { receiveForm } from "../uploads/forms/receive-form.ts";
import { backupFields } from "./backup-fields.ts";
import { backupErrors, backupSchema, resultAnswer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/backups/upload",
  tags: ["Backups"],
  summary: "Upload a backup by form",
  description:
    "Streams the file through the server, up to 100 MiB; larger files use signed uploads. A key has a number of backups and bytes in all.",
  middleware: limitQueries,
  request: formBody(backupFields),
  responses: {
    200: resultAnswer("Kept", backupSchema),
    ...backupErrors(
      "MALFORMED_BODY",
      "INVALID_FILE_NAME",
      "EMPTY_FILE",
      "BACKUP_LIMIT_EXCEEDED",
      "FILE_TOO_LARGE",
      "MISSING_PARAMETER",
      "VALIDATION_ERROR",
      "RATE_LIMIT_EXCEEDED",
      "BACKUP_QUOTA_EXCEEDED",
      "INSUFFICIENT_STORAGE",
    ),
  },
});

export const uploadBackupRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const data = backupSchema.parse(await receiveForm(contextOf(c), c.req.raw, "backup"));
    return c.json({ success: true as const, message: message(c.var.locale, "backup.uploaded"), data }, 200);
  });
