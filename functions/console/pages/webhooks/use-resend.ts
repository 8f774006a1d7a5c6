import { api, dataOf } from "../../api/client.ts";
import { useAction } from "../../kit/use-action.ts";
import { t } from "./texts.ts";

/** Sends a delivery of a webhook again. @param webhook gives the id of the webhook */
export const useResend = (webhook: () => string) =>
  useAction({
    run: (delivery: string) => {
      const params = { path: { id: webhook(), delivery_id: delivery } };
      return dataOf(api.POST("/api/v1/webhooks/{id}/deliveries/{delivery_id}/resend", { params }));
    },
    done: ({ type }) => t("sentAgain", { type }),
    refresh: [["webhooks"]],
  });
