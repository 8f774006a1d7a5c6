import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { deleteBackupRoute } from "./delete-backup.route.ts";
import { deleteOwnBackupRoute } from "./delete-own-backup.route.ts";
import { downloadBackupRoute } from "./download-backup.route.ts";
import { linkBackupRoute } from "./link-backup.route.ts";
import { listAllBackupsRoute } from "./list-all-backups.route.ts";
import { listBackupsRoute } from "./list-backups.route.ts";
import { backupEnvelope, ownBackupEnvelope } from "./schemas.ts";
import { searchBackupsRoute } from "./search-backups.route.ts";
import { uploadBackupRoute } from "./upload-backup.route.ts";

export { backupPublisher } from "./backup-publisher.ts";

export function backupRoutes() {
  const router = createRouter(backupEnvelope);
  for (const verb of ["list", "download", "delete"]) {
    router.use(`/api/backups/${verb}`, limitBody(MAX_JSON_BYTES));
  }
  uploadBackupRoute(router);
  listBackupsRoute(router);
  listAllBackupsRoute(router);
  downloadBackupRoute(router);
  deleteBackupRoute(router);
  return router;
}

/** The endpoints that were added later, in the form of `/api/v1`. */
export function ownBackupRoutes() {
  const router = createRouter(ownBackupEnvelope);
  router.use("/api/v1/backups/*", limitBody(MAX_JSON_BYTES));
  searchBackupsRoute(router);
  linkBackupRoute(router);
  deleteOwnBackupRoute(router);
  return router;
}
