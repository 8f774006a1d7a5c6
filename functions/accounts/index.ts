import { detailEnvelope } from "../core/envelope.ts";
import { createRouter } from "../core/router.ts";
import { createApiKey } from "./create-api-key.ts";
import { deleteApiKey } from "./delete-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";

export function apiKeyRoutes() {
  const router = createRouter(detailEnvelope);
  listApiKeys(router);
  createApiKey(router);
  deleteApiKey(router);
  return router;
}
