import { ref } from "vue";
import { useRouter } from "vue-router";
import { api, dataOf } from "../../api/client.ts";
import { confirm } from "../../kit/confirm.ts";
import { useAction } from "../../kit/use-action.ts";
import { t } from "./texts.ts";
import type { Webhook } from "./webhook.ts";

/** What can be done with a webhook besides changing it. `secret` is the new one, once there is one. */
export function useWebhookDeeds(webhook: () => Webhook) {
  const router = useRouter();
  const secret = ref<string | null>(null);
  const path = () => ({ params: { path: { id: webhook().id } } });
  const refresh = [["webhooks"]] as const;

  const test = useAction({
    run: () => api.POST("/api/v1/webhooks/{id}/test", path()),
    done: () => t("tested"),
    refresh,
  });
  const rotate = useAction({
    run: () => dataOf(api.POST("/api/v1/webhooks/{id}/rotate-secret", path())),
    done: () => t("rotated"),
    refresh,
    after: (answer) => (secret.value = answer.secret),
  });
  const enable = useAction({
    run: (enabled: boolean) => api.PATCH("/api/v1/webhooks/{id}", { ...path(), body: { enabled } }),
    done: (_answer, enabled) => t(enabled ? "nowEnabled" : "nowDisabled"),
    refresh,
  });
  const remove = useAction({
    run: () => api.DELETE("/api/v1/webhooks/{id}", path()),
    done: () => t("removed"),
    after: () => router.push({ name: "webhooks" }),
  });

  async function sure(deed: string, text: string, isDangerous: boolean): Promise<boolean> {
    return await confirm({ title: t("sure", { deed }), text, action: deed, isDangerous });
  }
  return {
    secret,
    test,
    async rotate() {
      if (await sure(t("rotate"), t("rotateText", { url: webhook().url }), false)) rotate.run();
    },
    async toggle() {
      const { enabled, url, pending } = webhook();
      if (!enabled) return enable.run(true);
      if (await sure(t("disable"), t("disableText", { url, count: pending }), true)) enable.run(false);
    },
    async remove() {
      if (await sure(t("remove"), t("removeText", { url: webhook().url }), true)) remove.run();
    },
  };
}
