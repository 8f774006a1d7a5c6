import { z } from "zod";
import { configurationSchema, type Configuration } from "../core/configuration.ts";

const { shape } = configurationSchema;

const settings = {
  max_concurrent_tasks_per_user: shape.max_concurrent_tasks_per_user
    .unwrap()
    .meta({ description: "Pending and running tasks of one user" }),
  default_task_timeout: shape.default_task_timeout
    .unwrap()
    .meta({ description: "Seconds that a task may run" }),
  maintenance_mode: shape.maintenance_mode.unwrap().meta({
    description:
      "True: users can sign in and read, and are answered `SERVER_UNAVAILABLE` where they would change something; administrators are not",
  }),
} satisfies Record<keyof Configuration, z.ZodType>;

/** Any of the settings. Other fields are ignored, so that a client may send back an answer of this interface. */
export const configurationChanges = z.object(settings).partial().meta({ id: "ConfigurationChanges" });

export const serviceConfiguration = z
  .object({
    ...settings,
    price_per_minute: z.number().meta({ description: "Of task time; a variable of the deployment" }),
    lease_seconds: z.int().meta({ description: "A variable of the deployment" }),
    poll_interval_seconds: z.int().meta({ description: "A variable of the deployment" }),
    log_retention_days: z.int().meta({ description: "A variable of the deployment" }),
    storage_quota_bytes: z.int().meta({ description: "A variable of the deployment" }),
    max_package_bytes: z.int().meta({ description: "A variable of the deployment" }),
    keep_full: z.int().meta({ description: "Packages that cleanup keeps; a variable of the deployment" }),
    keep_patch: z.int().meta({ description: "A variable of the deployment" }),
    keep_hotfix: z.int().meta({ description: "A variable of the deployment" }),
    allow_private_webhooks: z.boolean().meta({
      description:
        "Whether webhooks may go to addresses that are not public, or without https; a variable of the deployment",
    }),
  })
  .meta({ id: "Configuration" });
