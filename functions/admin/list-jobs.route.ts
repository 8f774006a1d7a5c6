import { createRoute, z } from "@hono/zod-openapi";
import { withUser } from "../accounts/authenticate.middleware.ts";
import { userSecurity } from "../accounts/schemas.ts";
import { dataAnswer, success } from "../core/http/answers.ts";
import { contextOf } from "../core/http/request.ts";
import type { Router } from "../core/http/router.ts";
import { listJobs } from "./list-jobs.ts";
import { adminErrors } from "./schemas.ts";

const moment = z.iso.datetime().nullable();

const job = z
  .object({
    name: z.string().meta({ example: "verify-uploads" }),
    is_running: z.boolean(),
    started_at: moment.meta({ description: "When the last run began, whether or not it has ended" }),
    succeeded_at: moment,
    failed_at: moment,
    last_ms: z
      .int()
      .nullable()
      .meta({ description: "Milliseconds that the last run took, of those that ended" }),
    failures: z.int().meta({ description: "Runs that have failed since the last success" }),
  })
  .meta({ id: "Job" });

const state = z
  .object({
    cron_seen_at: moment.meta({ description: "When cron was last seen alive" }),
    jobs: z.array(job),
  })
  .meta({ id: "Jobs" });

const route = createRoute({
  method: "get",
  path: "/api/admin/jobs",
  tags: ["Administration"],
  summary: "How the jobs of cron are doing",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: dataAnswer("The jobs that have ever run, by name", state),
    ...adminErrors("INVALID_TOKEN", "ACCESS_DENIED"),
  },
});

export const listJobsRoute = (router: Router) =>
  router.openapi(route, async (c) =>
    c.json(success(c.var.locale, "admin.jobs", await listJobs(contextOf(c))), 200),
  );
