import { createSlipway } from "../../../scripts/client/library/library.ts";
import type { Slipway } from "../../../scripts/client/library/types.ts";
import { language } from "../locale/i18n.ts";

/**
 * The client library, as it sends files from a page of the console.
 * @param signsInByCookie whether uploads go on by the cookie, so that their records hold no token
 */
export const uploadClient = (signal: AbortSignal, signsInByCookie = false): Slipway =>
  createSlipway({
    url: location.origin,
    signal,
    signsInByCookie,
    headers: { "X-Slipway-Console": "1", "Accept-Language": language.value },
  });
