import { detailEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { createApiKey } from "./create-api-key.ts";
import { deleteApiKey } from "./delete-api-key.ts";
import { getCurrentApiKey } from "./get-current-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";

export function apiKeyRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/api-keys/*", limitBody(MAX_JSON_BYTES));
  listApiKeys(router);
  getCurrentApiKey(router);
  createApiKey(router);
  deleteApiKey(router);
  return router;
}
