import { createRoute, z } from "@hono/zod-openapi";
import { contextOf } from "../core/http/request.ts";
import { jsonBody, type Router } from "../core/http/router.ts";
import { listBackups } from "./backups.ts";
import { answerBackups } from "./answer-backups.ts";
import { backupErrors, backupList, resultAnswer, userKey } from "./schemas.ts";

const route = createRoute({
  method: "post",
  path: "/api/backups/list",
  tags: ["Backups"],
  summary: "List the backups of a key, newest first",
  request: jsonBody(z.object({ user_key: userKey })),
  responses: {
    200: resultAnswer("All of them", backupList),
    ...backupErrors("MALFORMED_BODY", "FILE_TOO_LARGE", "MISSING_PARAMETER", "VALIDATION_ERROR"),
  },
});

export const listBackupsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const pages = listBackups(contextOf(c), c.req.valid("json").user_key);
    return (await answerBackups(c.var.locale, pages)) as never;
  });
