import { createRoute } from "@hono/zod-openapi";
import { clientAddress } from "../core/http/client-address.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { signBackup } from "./backups.ts";
import { backupErrors, backupOfKey } from "./schemas.ts";
import { checkPresentedKey } from "./user-keys.ts";

const route = createRoute({
  method: "post",
  path: "/api/backups/download",
  tags: ["Backups"],
  summary: "Download a backup",
  description:
    "Redirects to a signed URL in the bucket, which serves ranges; ask here again for a fresh one. It is saved as `backup_<type>_<yyyymmdd_hhmmss>.zip`.",
  request: jsonBody(backupOfKey),
  responses: {
    303: { description: "To the file, good for six hours" },
    ...backupErrors(
      "MALFORMED_BODY",
      "FILE_TOO_LARGE",
      "BACKUP_NOT_FOUND",
      "MISSING_PARAMETER",
      "VALIDATION_ERROR",
      "TOO_MANY_ATTEMPTS",
    ),
  },
});

export const downloadBackupRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const [ctx, backup] = [contextOf(c), c.req.valid("json")];
    await checkPresentedKey(ctx, { userKey: backup.user_key, address: clientAddress(c) });
    const url = await signBackup(ctx, backup);
    c.header("Cache-Control", "no-store");
    return c.redirect(url, 303);
  });
