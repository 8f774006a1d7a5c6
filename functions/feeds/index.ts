import type { Ctx } from "../core/context.ts";
import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter } from "../core/http/router.ts";
import { deleteAppcastRoute } from "./appcasts/delete-appcast.route.ts";
import { setAppcastRoute } from "./appcasts/set-appcast.route.ts";
import { feedCompanions, feedPackages } from "./files/feed-files.ts";
import { getAutoUpdaterFeedRoute } from "./get-autoupdater-feed.route.ts";
import { getElectronFeedRoute } from "./get-electron-feed.route.ts";
import { getFeedFileRoute } from "./get-feed-file.route.ts";
import { getReleaseNotesRoute } from "./get-release-notes.route.ts";
import { getSparkleFeedRoute } from "./get-sparkle-feed.route.ts";
import { getSquirrelFeedRoute } from "./get-squirrel-feed.route.ts";
import { getTauriFeedRoute } from "./get-tauri-feed.route.ts";
import { getTauriFileRoute } from "./get-tauri-file.route.ts";
import { getVelopackFeedRoute } from "./get-velopack-feed.route.ts";
import { getZsyncFeedRoute } from "./get-zsync-feed.route.ts";

/** Writes the downloads of feeds' files that this isolate has counted. */
export async function flushFeedDownloads(ctx: Ctx): Promise<void> {
  await feedPackages.flush(ctx);
  await feedCompanions.flush(ctx);
}

export function feedRoutes() {
  const router = createRouter(detailEnvelope);
  getElectronFeedRoute(router);
  getTauriFeedRoute(router);
  getTauriFileRoute(router);
  getVelopackFeedRoute(router);
  getAutoUpdaterFeedRoute(router);
  getSquirrelFeedRoute(router);
  getSparkleFeedRoute(router);
  getZsyncFeedRoute(router);
  getFeedFileRoute(router);
  getReleaseNotesRoute(router);
  setAppcastRoute(router);
  deleteAppcastRoute(router);
  return router;
}
