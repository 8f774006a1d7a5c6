import { resultEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { checkUpdates } from "./resolver/check-updates.route.ts";
import { deletePlugin } from "./delete-plugin.route.ts";
import { deprecatePlugin } from "./deprecate-plugin.route.ts";
import { deprecatePluginVersion } from "./deprecate-plugin-version.route.ts";
import { disablePlugin } from "./disable-plugin.route.ts";
import { downloadPlugin } from "./download-plugin.route.ts";
import { downloadPluginVersion } from "./download-plugin-version.route.ts";
import { enablePlugin } from "./enable-plugin.route.ts";
import { getPlugin } from "./get-plugin.route.ts";
import { getPluginVersion } from "./get-plugin-version.route.ts";
import { listPlugins } from "./list-plugins.route.ts";
import { listPluginVersions } from "./list-plugin-versions.route.ts";
import { resolvePlugins } from "./resolver/resolve-plugins.route.ts";
import { uploadPlugin } from "./upload-plugin.route.ts";

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
