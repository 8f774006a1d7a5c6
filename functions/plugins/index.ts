import { resultEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { checkUpdatesRoute } from "./resolver/check-updates.route.ts";
import { deletePluginRoute } from "./delete-plugin.route.ts";
import { deprecatePluginRoute } from "./deprecate-plugin.route.ts";
import { deprecatePluginVersionRoute } from "./versions/deprecate-plugin-version.route.ts";
import { disablePluginRoute } from "./disable-plugin.route.ts";
import { downloadPluginRoute } from "./download-plugin.route.ts";
import { downloadPluginVersionRoute } from "./versions/download-plugin-version.route.ts";
import { enablePluginRoute } from "./enable-plugin.route.ts";
import { getPluginRoute } from "./get-plugin.route.ts";
import { getPluginVersionRoute } from "./versions/get-plugin-version.route.ts";
import { listPluginsRoute } from "./list-plugins.route.ts";
import { listPluginVersionsRoute } from "./versions/list-plugin-versions.route.ts";
import { resolvePluginsRoute } from "./resolver/resolve-plugins.route.ts";
import { searchPluginsRoute } from "./search-plugins.route.ts";
import { uploadPluginRoute } from "./upload-plugin.route.ts";

export { pluginDownloads } from "./downloads.ts";
export { pluginPublisher } from "./plugin-publisher.ts";

/** The endpoints that take JSON. The upload is not limited here, because its own settings limit it. */
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

export function pluginRoutes() {
  const router = createRouter(resultEnvelope);
  for (const verb of verbs) router.use(`/api/plugins/${verb}`, limitBody(MAX_JSON_BYTES));
  listPluginsRoute(router);
  searchPluginsRoute(router);
  getPluginRoute(router);
  uploadPluginRoute(router);
  enablePluginRoute(router);
  disablePluginRoute(router);
  deprecatePluginRoute(router);
  deletePluginRoute(router);
  downloadPluginRoute(router);
  listPluginVersionsRoute(router);
  getPluginVersionRoute(router);
  deprecatePluginVersionRoute(router);
  downloadPluginVersionRoute(router);
  resolvePluginsRoute(router);
  checkUpdatesRoute(router);
  return router;
}
