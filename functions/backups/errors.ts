import type { ErrorDefinitions } from "../core/errors.ts";

export const backupErrors = {
  BACKUP_NOT_FOUND: {
    status: 404,
    en: "There is no such backup under this user key: list the backups of the key to find its id",
    "zh-CN": "该用户密钥下没有此备份，请查看备份列表以确认编号",
  },
  BACKUP_LIMIT_EXCEEDED: {
    status: 409,
    en: "This user key already has all {limit} backups that it may have. Delete one that is no longer needed (`slipway backup delete <id>`, or DELETE /api/v1/backups/<id> with the key), then send this one again",
    "zh-CN":
      "该用户密钥的备份已达上限 {limit} 个。请先删除不再需要的备份（`slipway backup delete <id>`，或携带该密钥请求 DELETE /api/v1/backups/<id>），然后重新上传",
  },
  BACKUP_QUOTA_EXCEEDED: {
    status: 507,
    isRefusal: true,
    en: "This backup does not fit into the {limit} bytes that this user key may have. Delete a backup that is no longer needed (`slipway backup delete <id>`, or DELETE /api/v1/backups/<id> with the key), then send this one again",
    "zh-CN":
      "该用户密钥的备份空间不足：最多 {limit} 字节。请先删除不再需要的备份（`slipway backup delete <id>`，或携带该密钥请求 DELETE /api/v1/backups/<id>），然后重新上传",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof backupErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
