import { createRoute, z } from "@hono/zod-openapi";
import { clientAddress } from "../core/http/client-address.ts";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { listBackups } from "./backups.ts";
import { answerBackups } from "./answer-backups.ts";
import { backupErrors, backupList, resultAnswer, userKey } from "./schemas.ts";
import { checkPresentedKey } from "./user-keys.ts";

const route = createRoute({
  method: "post",
  path: "/api/backups/list",
  tags: ["Backups"],
  summary: "List the backups of a key, newest first",
  request: jsonBody(z.object({ user_key: userKey })),
  responses: {
    200: resultAnswer("All of them", backupList),
    ...backupErrors(
      "MALFORMED_BODY",
      "FILE_TOO_LARGE",
      "MISSING_PARAMETER",
      "VALIDATION_ERROR",
      "TOO_MANY_ATTEMPTS",
    ),
  },
});

export const listBackupsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const ctx = contextOf(c);
    const { user_key: userKey } = c.req.valid("json");
    await checkPresentedKey(ctx, { userKey, address: clientAddress(c) });
    const pages = listBackups(ctx, userKey);
    return (await answerBackups(c.var.locale, pages)) as never;
  });
