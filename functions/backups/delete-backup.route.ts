import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { message } from "../core/locale/locale.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { deleteAnyBackup } from "./backups.ts";
import { backupErrors, backupOfKey, resultAnswer } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/backups/delete",
  tags: ["Backups"],
  summary: "Delete a backup of any key, as an administrator",
  description: "Its bytes leave the bucket a day later, so that downloads under way can end.",
  security: userSecurity,
  middleware: withUser,
  request: jsonBody(backupOfKey),
  responses: {
    200: resultAnswer("Deleted", z.null()),
    ...backupErrors(
      "MALFORMED_BODY",
      "FILE_TOO_LARGE",
      "INVALID_TOKEN",
      "ACCESS_DENIED",
      "BACKUP_NOT_FOUND",
      "MISSING_PARAMETER",
      "VALIDATION_ERROR",
    ),
  },
});

export const deleteBackupRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    await deleteAnyBackup(contextOf(c), c.req.valid("json"));
    const text = message(c.var.locale, "backup.deleted");
    return c.json({ success: true as const, message: text, data: null }, 200);
  });
