import { resultEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { deleteBackup } from "./delete-backup.route.ts";
import { downloadBackup } from "./download-backup.route.ts";
import { listAllBackups } from "./list-all-backups.route.ts";
import { listBackups } from "./list-backups.route.ts";
import { uploadBackup } from "./upload-backup.route.ts";

export { backupPublisher } from "./backup-publisher.ts";

/** Contract 3's backups. */
export function backupRoutes() {
  const router = createRouter(resultEnvelope);
  for (const verb of ["list", "download", "delete"]) {
    router.use(`/api/backups/${verb}`, limitBody(MAX_JSON_BYTES));
  }
  uploadBackup(router);
  listBackups(router);
  listAllBackups(router);
  downloadBackup(router);
  deleteBackup(router);
  return router;
}
