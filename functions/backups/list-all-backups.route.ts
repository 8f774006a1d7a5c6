import { createRoute } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { listAllBackups } from "./backups.ts";
import { answerBackups } from "./answer-backups.ts";
import { backupErrors, backupList, resultAnswer } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/backups/list-all",
  tags: ["Backups"],
  summary: "List the backups of all keys, newest first",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: resultAnswer("All of them", backupList),
    ...backupErrors("INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listAllBackupsRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const pages = listAllBackups(contextOf(c));
    return (await answerBackups(c.var.locale, pages)) as never;
  });
