import { createRouter, limitBody, MAX_JSON_BYTES } from "../core/router.ts";
import { checkLedger } from "./check-ledger.ts";
import { createCodes } from "./create-codes.ts";
import { disableCode } from "./disable-code.ts";
import { getUserStats } from "./get-user-stats.ts";
import { listCodes } from "./list-codes.ts";
import { listRecords } from "./list-records.ts";
import { redeemCode } from "./redeem-code.ts";
import { billingEnvelope } from "./schemas.ts";

export { watchLedger } from "./ledger-check.ts";

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
