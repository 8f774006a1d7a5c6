import { createRoute, z } from "@hono/zod-openapi";
import { clientAddress } from "../core/http/client-address.ts";
import { contextOf } from "../core/http/request.ts";
import { errorResponses, jsonBody, type Router } from "../core/http/router.ts";
import { deleteBackup } from "./backups.ts";
import { userKey } from "./schemas.ts";
import { checkPresentedKey } from "./user-keys.ts";

const route = createRoute({
  method: "delete",
  path: "/api/v1/backups/{id}",
  tags: ["Backups"],
  summary: "Delete a backup of one's own",
  description:
    "For whoever knows its key, which stands in the body, where no log has it. Its bytes leave the bucket a day later, so that downloads under way can end.",
  request: {
    params: z.object({
      id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).meta({ example: 42 }),
    }),
    ...jsonBody(z.object({ user_key: userKey })),
  },
  responses: {
    204: { description: "Deleted" },
    ...errorResponses(
      "MALFORMED_BODY",
      "VALIDATION_ERROR",
      "MISSING_PARAMETER",
      "BACKUP_NOT_FOUND",
      "FILE_TOO_LARGE",
      "TOO_MANY_ATTEMPTS",
    ),
  },
});

export const deleteOwnBackupRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const { user_key } = c.req.valid("json");
    const ctx = contextOf(c);
    await checkPresentedKey(ctx, { userKey: user_key, address: clientAddress(c) });
    await deleteBackup(ctx, { id, user_key });
    return c.body(null, 204);
  });
