import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/http/router.ts";
import { checkLedger } from "./check-ledger.route.ts";
import { createCodes } from "./create-codes.route.ts";
import { disableCode } from "./disable-code.route.ts";
import { getUserStats } from "./get-user-stats.route.ts";
import { listCodes } from "./list-codes.route.ts";
import { listRecords } from "./list-records.route.ts";
import { redeemCode } from "./redeem-code.route.ts";
import { billingEnvelope } from "./schemas.ts";

export { watchLedger } from "./check-ledger.ts";

/** Contract 4's money. */
export function billingRoutes() {
  const router = createRouter(billingEnvelope);
  router.use("/api/recharge/*", limitBody(MAX_JSON_BYTES));
  createCodes(router);
  listCodes(router);
  disableCode(router);
  redeemCode(router);
  listRecords(router);
  getUserStats(router);
  checkLedger(router);
  return router;
}
