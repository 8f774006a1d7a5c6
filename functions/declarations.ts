import { commonSettings } from "./core/settings.ts";
import { accountSettings } from "./accounts/settings.ts";
import { downloadSettings } from "./downloads/settings.ts";
import { uploadSettings } from "./uploads/settings.ts";
import { rolloutSettings } from "./rollouts/settings.ts";
import { updateSettings } from "./updates/settings.ts";
import { packageSettings } from "./packages/settings.ts";
import { pluginSettings } from "./plugins/settings.ts";
import { backupSettings } from "./backups/settings.ts";
import { computeSettings } from "./compute/settings.ts";
import { logSettings } from "./logs/settings.ts";
import { readSettings, type Config } from "./core/env.ts";
import { accountErrors } from "./accounts/errors.ts";
import { accountTexts } from "./accounts/texts.ts";
import { adminTexts } from "./admin/texts.ts";
import { backupErrors } from "./backups/errors.ts";
import { backupTexts } from "./backups/texts.ts";
import { billingErrors } from "./billing/errors.ts";
import { billingTexts } from "./billing/texts.ts";
import { catalogueErrors } from "./catalogue/errors.ts";
import { catalogueTexts } from "./catalogue/texts.ts";
import { computeErrors } from "./compute/errors.ts";
import { computeTexts } from "./compute/texts.ts";
import { commonErrors } from "./core/common-errors.ts";
import { defineErrors } from "./core/errors.ts";
import { commonTexts } from "./core/locale/common-texts.ts";
import { defineTexts } from "./core/locale/locale.ts";
import { feedErrors } from "./feeds/errors.ts";
import { feedTexts } from "./feeds/texts.ts";
import { logErrors } from "./logs/errors.ts";
import { logTexts } from "./logs/texts.ts";
import { packageErrors } from "./packages/errors.ts";
import { packageTexts } from "./packages/texts.ts";
import { pluginErrors } from "./plugins/errors.ts";
import { packageFaultTexts, pluginTexts } from "./plugins/texts.ts";
import { rolloutErrors } from "./rollouts/errors.ts";
import { rolloutTexts } from "./rollouts/texts.ts";
import { releaseErrors } from "./releases/errors.ts";
import { releaseTexts } from "./releases/texts.ts";
import { serviceTexts } from "./service/texts.ts";
import { softwareErrors } from "./software/errors.ts";
import { softwareTexts } from "./software/texts.ts";
import { uploadErrors } from "./uploads/errors.ts";
import { uploadTexts } from "./uploads/texts.ts";
import { webhookErrors } from "./webhooks/errors.ts";
import { webhookSettings } from "./webhooks/settings.ts";
import { webhookTexts } from "./webhooks/texts.ts";

/** The errors and texts of all rooms. Each stands with what it belongs to; here they are made known, before anything is answered. */
for (const errors of [
  commonErrors,
  accountErrors,
  releaseErrors,
  rolloutErrors,
  uploadErrors,
  billingErrors,
  feedErrors,
  packageErrors,
  softwareErrors,
  pluginErrors,
  backupErrors,
  computeErrors,
  logErrors,
  webhookErrors,
  catalogueErrors,
])
  defineErrors(errors);
for (const texts of [
  commonTexts,
  accountTexts,
  releaseTexts,
  rolloutTexts,
  uploadTexts,
  billingTexts,
  packageTexts,
  feedTexts,
  serviceTexts,
  softwareTexts,
  pluginTexts,
  packageFaultTexts,
  backupTexts,
  computeTexts,
  adminTexts,
  logTexts,
  webhookTexts,
  catalogueTexts,
])
  defineTexts(texts);

/** Every setting of the Worker. */
export const settings = {
  ...commonSettings,
  ...accountSettings,
  ...downloadSettings,
  ...uploadSettings,
  ...rolloutSettings,
  ...updateSettings,
  ...packageSettings,
  ...pluginSettings,
  ...backupSettings,
  ...computeSettings,
  ...logSettings,
  ...webhookSettings,
};

/** The settings as variables and secrets give them. @throws ConfigError naming every setting that is wrong. */
export const readConfig = (raw: Record<string, unknown>): Config => readSettings(settings, raw);
