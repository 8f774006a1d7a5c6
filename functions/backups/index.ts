import { resultEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { deleteBackup } from "./delete-backup.ts";
import { downloadBackup } from "./download-backup.ts";
import { listAllBackups } from "./list-all-backups.ts";
import { listBackups } from "./list-backups.ts";
import { uploadBackup } from "./upload-backup.ts";

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
