import type { Ctx } from "../core/context.ts";
import type { TextKey } from "../core/locale/locale.ts";
import { retell } from "../core/locale/retell.ts";

const faults: readonly TextKey[] = [
  "webhook.fault.redirect",
  "webhook.fault.status",
  "webhook.fault.address",
  "webhook.disabled.gone",
  "webhook.disabled.day",
  "outbound.silent",
  "outbound.unreachable",
];

/** Why a webhook took nothing, or was disabled, in the language of the request. */
export const sayWebhookFault = ({ locale }: Ctx, fault: string | null): string | null =>
  fault === null ? null : retell(locale, faults, fault);
