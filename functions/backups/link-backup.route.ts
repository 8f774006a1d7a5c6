import { createRoute, z } from "@hono/zod-openapi";
import { clientAddress } from "../core/http/client-address.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { signBackup } from "./backups.ts";
import { backupOfKey } from "./schemas.ts";
import { checkPresentedKey } from "./user-keys.ts";

const route = createRoute({
  method: "post",
  path: "/api/v1/backups/link",
  tags: ["Backups"],
  summary: "A link to download a backup by",
  description:
    "For whoever knows its key, and cannot follow a redirect to another host, such as a script in a browser. The file is saved as `backup_<type>_<yyyymmdd_hhmmss>.zip`.",
  request: jsonBody(backupOfKey),
  responses: {
    200: {
      description: "Good for six hours",
      content: { "application/json": { schema: z.object({ url: z.url() }) } },
    },
    ...errorResponses(
      "MALFORMED_BODY",
      "FILE_TOO_LARGE",
      "BACKUP_NOT_FOUND",
      "MISSING_PARAMETER",
      "VALIDATION_ERROR",
      "TOO_MANY_ATTEMPTS",
    ),
  },
});

export const linkBackupRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const [ctx, backup] = [contextOf(c), c.req.valid("json")];
    await checkPresentedKey(ctx, { userKey: backup.user_key, address: clientAddress(c) });
    const url = await signBackup(ctx, backup);
    c.header("Cache-Control", "no-store");
    // The stack's own bucket is at the server's address, and its links begin with the path.
    return c.json({ url: new URL(url, c.req.url).href }, 200);
  });
