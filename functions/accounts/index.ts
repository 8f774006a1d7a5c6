import { accountEnvelope, codeEnvelope, detailEnvelope, fastApiEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { changePassword } from "./sign-in/change-password.route.ts";
import { createApiKey } from "./api-keys/create-api-key.route.ts";
import { deleteApiKey } from "./api-keys/delete-api-key.route.ts";
import { getAuthMe } from "./get-auth-me.route.ts";
import { getCurrentApiKey } from "./api-keys/get-current-api-key.route.ts";
import { getUser } from "./get-current-user.route.ts";
import { listApiKeys } from "./api-keys/list-api-keys.route.ts";
import { loginAccessToken } from "./sign-in/login-access-token.route.ts";
import { loginAdmin } from "./sign-in/login-admin.route.ts";
import { loginUser } from "./sign-in/login-user.route.ts";
import { logoutUser } from "./sign-in/logout-user.route.ts";
import { registerUser } from "./register-user.route.ts";
import { updateAdminPassword } from "./sign-in/update-admin-password.route.ts";
import { updateUser } from "./update-current-user.route.ts";

export { expireAttempts } from "./sign-in/attempts.ts";
export { ensureFirstAdministrator } from "./first-administrator.ts";
export { expireSessions } from "./sign-in/sessions.ts";

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
