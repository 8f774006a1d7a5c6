import { resultEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { checkUpdates } from "./check-updates.ts";
import { deletePlugin } from "./delete-plugin.ts";
import { deprecatePlugin } from "./deprecate-plugin.ts";
import { deprecatePluginVersion } from "./deprecate-plugin-version.ts";
import { disablePlugin } from "./disable-plugin.ts";
import { downloadPlugin } from "./download-plugin.ts";
import { downloadPluginVersion } from "./download-plugin-version.ts";
import { enablePlugin } from "./enable-plugin.ts";
import { getPlugin } from "./get-plugin.ts";
import { getPluginVersion } from "./get-plugin-version.ts";
import { listPlugins } from "./list-plugins.ts";
import { listPluginVersions } from "./list-plugin-versions.ts";
import { resolvePlugins } from "./resolve-plugins.ts";
import { uploadPlugin } from "./upload-plugin.ts";

export { flushPluginDownloads } from "./downloads.ts";
export { pluginPublisher } from "./plugin-publisher.ts";

/** What takes JSON; the upload is limited by its own settings. */
const verbs = [
  "detail",
  "versions",
  "version/*",
  "download",
  "enable",
  "disable",
  "deprecate",
  "delete",
  "resolve",
  "updates",
];

/** Contract 3's plugins. */
export function pluginRoutes() {
  const router = createRouter(resultEnvelope);
  for (const verb of verbs) router.use(`/api/plugins/${verb}`, limitBody(MAX_JSON_BYTES));
  listPlugins(router);
  getPlugin(router);
  uploadPlugin(router);
  enablePlugin(router);
  disablePlugin(router);
  deprecatePlugin(router);
  deletePlugin(router);
  downloadPlugin(router);
  listPluginVersions(router);
  getPluginVersion(router);
  deprecatePluginVersion(router);
  downloadPluginVersion(router);
  resolvePlugins(router);
  checkUpdates(router);
  return router;
}
