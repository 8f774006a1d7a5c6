import { detailEnvelope } from "../core/http/envelopes.ts";
import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { checkLedgerRoute } from "./ledger-check/check-ledger.route.ts";
import { createCodesRoute } from "./create-codes.route.ts";
import { disableCodeRoute } from "./disable-code.route.ts";
import { getUserStatsRoute } from "./get-user-stats.route.ts";
import { listCodesRoute } from "./list-codes.route.ts";
import { listRecordsRoute } from "./list-records.route.ts";
import { redeemCodeRoute } from "./redeem-code.route.ts";
import { billingEnvelope } from "./schemas.ts";
import { searchRecordsRoute } from "./search-records.route.ts";

export { balanceOfUser } from "./balances.sql.ts";
export { registerBilledTasks, type BilledTasks } from "./billed-tasks.ts";
export { billingMetrics } from "./ledger-check/metrics.ts";
export { watchLedger } from "./ledger-check/check-ledger.ts";

/** Recharge codes, the ledger and what it says of a user. */
export function billingRoutes() {
  const router = createRouter(billingEnvelope);
  router.use("/api/recharge/*", limitBody(MAX_JSON_BYTES));
  createCodesRoute(router);
  listCodesRoute(router);
  disableCodeRoute(router);
  redeemCodeRoute(router);
  listRecordsRoute(router);
  getUserStatsRoute(router);
  checkLedgerRoute(router);
  return router;
}

/** What moved anybody's money, for administrators. */
export function moneyRecordRoutes() {
  const router = createRouter(detailEnvelope);
  searchRecordsRoute(router);
  return router;
}
