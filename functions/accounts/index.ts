import { accountEnvelope, codeEnvelope, detailEnvelope, fastApiEnvelope } from "../core/envelope.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { changePassword } from "./change-password.ts";
import { createApiKey } from "./create-api-key.ts";
import { deleteApiKey } from "./delete-api-key.ts";
import { getAuthMe } from "./get-auth-me.ts";
import { getCurrentApiKey } from "./get-current-api-key.ts";
import { getUser } from "./get-user.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { loginAccessToken } from "./login-access-token.ts";
import { loginAdmin } from "./login-admin.ts";
import { loginUser } from "./login-user.ts";
import { logoutUser } from "./logout-user.ts";
import { registerUser } from "./register-user.ts";
import { updateAdminPassword } from "./update-admin-password.ts";
import { updateUser } from "./update-user.ts";

export { expireAttempts } from "./attempts.ts";
export { ensureFirstAdministrator } from "./first-administrator.ts";
export { expireSessions } from "./sessions.ts";

export function apiKeyRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/api-keys/*", limitBody(MAX_JSON_BYTES));
  listApiKeys(router);
  getCurrentApiKey(router);
  createApiKey(router);
  deleteApiKey(router);
  return router;
}

export function accountRoutes() {
  const router = createRouter(accountEnvelope);
  router.use("/api/auth/*", limitBody(MAX_JSON_BYTES));
  router.use("/api/users/*", limitBody(MAX_JSON_BYTES));
  registerUser(router);
  loginUser(router);
  logoutUser(router);
  getAuthMe(router);
  getUser(router);
  updateUser(router);
  changePassword(router);
  return router;
}

/** Contract 2's administrator. */
export function administratorRoutes() {
  const router = createRouter(codeEnvelope);
  router.use("/api/admin/login", limitBody(MAX_JSON_BYTES));
  router.use("/api/admin/password", limitBody(MAX_JSON_BYTES));
  loginAdmin(router);
  updateAdminPassword(router);
  return router;
}

/** For the documentation page and for contract 5's clients. */
export function accessTokenRoutes() {
  const router = createRouter(fastApiEnvelope);
  router.use("/api/v1/login/*", limitBody(MAX_JSON_BYTES));
  loginAccessToken(router);
  return router;
}
