import { accountEnvelope, codeEnvelope, detailEnvelope, signInEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { changePasswordRoute } from "./sign-in/change-password.route.ts";
import { createSessionRoute } from "./sessions/create-session.route.ts";
import { deleteSessionRoute } from "./sessions/delete-session.route.ts";
import { deleteSessionsRoute } from "./sessions/delete-sessions.route.ts";
import { getSessionRoute } from "./sessions/get-session.route.ts";
import { createApiKeyRoute } from "./api-keys/create-api-key.route.ts";
import { deleteApiKeyRoute } from "./api-keys/delete-api-key.route.ts";
import { getAuthMeRoute } from "./get-auth-me.route.ts";
import { getCurrentApiKeyRoute } from "./api-keys/get-current-api-key.route.ts";
import { getCurrentUserRoute } from "./get-current-user.route.ts";
import { getSignedInUserRoute } from "./get-signed-in-user.route.ts";
import { listApiKeysRoute } from "./api-keys/list-api-keys.route.ts";
import { loginAccessTokenRoute } from "./sign-in/login-access-token.route.ts";
import { loginAdminRoute } from "./sign-in/login-admin.route.ts";
import { loginUserRoute } from "./sign-in/login-user.route.ts";
import { logoutUserRoute } from "./sign-in/logout-user.route.ts";
import { registerUserRoute } from "./register-user.route.ts";
import { updateAdminPasswordRoute } from "./sign-in/update-admin-password.route.ts";
import { updateCurrentUserRoute } from "./update-current-user.route.ts";

export { ensureFirstAdministrator } from "./first-administrator.ts";
export { describeNameLooks } from "./name-looks.ts";
export { expireOrigins } from "./sign-in/origins.ts";
export { expireSessions } from "./sign-in/sessions.ts";
export { expireSignInAttempts } from "./sign-in/sign-in-attempts.ts";
export { registerUserFigures, type UserFigures } from "./user-figures.ts";

export function apiKeyRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/api-keys/*", limitBody(MAX_JSON_BYTES));
  listApiKeysRoute(router);
  getCurrentApiKeyRoute(router);
  createApiKeyRoute(router);
  deleteApiKeyRoute(router);
  return router;
}

/** Signing in to the console, by a cookie. */
export function sessionRoutes() {
  const router = createRouter(detailEnvelope);
  router.use("/api/v1/session", limitBody(MAX_JSON_BYTES));
  createSessionRoute(router);
  getSessionRoute(router);
  deleteSessionRoute(router);
  deleteSessionsRoute(router);
  return router;
}

export function accountRoutes() {
  const router = createRouter(accountEnvelope);
  router.use("/api/auth/*", limitBody(MAX_JSON_BYTES));
  router.use("/api/users/*", limitBody(MAX_JSON_BYTES));
  registerUserRoute(router);
  loginUserRoute(router);
  logoutUserRoute(router);
  getAuthMeRoute(router);
  getCurrentUserRoute(router);
  updateCurrentUserRoute(router);
  changePasswordRoute(router);
  return router;
}

/** Signing in as an administrator, in the form of the software keys. */
export function administratorRoutes() {
  const router = createRouter(codeEnvelope, "any");
  router.use("/api/admin/login", limitBody(MAX_JSON_BYTES));
  router.use("/api/admin/password", limitBody(MAX_JSON_BYTES));
  loginAdminRoute(router);
  updateAdminPasswordRoute(router);
  return router;
}

/** Signing in with OAuth 2's form, as the documentation page and clients of the catalogue do, and asking who one is. */
export function accessTokenRoutes() {
  const router = createRouter(signInEnvelope);
  router.use("/api/v1/login/*", limitBody(MAX_JSON_BYTES));
  loginAccessTokenRoute(router);
  getSignedInUserRoute(router);
  return router;
}
