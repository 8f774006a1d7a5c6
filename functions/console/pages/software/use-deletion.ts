import { computed } from "vue";
import { useRouter } from "vue-router";
import type { components } from "../../../../scripts/client/openapi.ts";
import { api, dataOf } from "../../api/client.ts";
import { confirm } from "../../kit/confirm.ts";
import { useAction } from "../../kit/use-action.ts";
import { bytes } from "../../locale/format.ts";
import { t } from "./texts.ts";

type Software = components["schemas"]["PublishedSoftware"];

/** Deletes software, after a question that counts what goes with it: versions, packages, open rollouts, catalogue records. */
export function useDeletion() {
  const router = useRouter();
  const remove = useAction({
    run: ({ akey }: Software) => api.DELETE("/api/software/{akey}", { params: { path: { akey } } }),
    done: (_result, { name }) => t("deleted", { name }),
    refresh: [["software"], ["releases"], ["storage"], ["rollouts"]],
    after: () => router.push({ name: "software-list" }),
  });
  const look = useAction({
    run: async (software: Software) => [software, await openRollouts(software)] as const,
    after: async ([software, rollouts]) => {
      const yes = await confirm({
        title: t("deleteSure", { name: software.name }),
        text: textOf(software, rollouts),
        action: t("delete"),
        isDangerous: true,
      });
      if (yes) remove.run(software);
    },
  });
  return { ask: look.run, isPending: computed(() => look.isPending.value || remove.isPending.value) };
}

async function openRollouts({ software }: Software): Promise<number> {
  const query = { software, state: "open" as const, page_size: 1 };
  return (await dataOf(api.GET("/api/v1/rollouts", { params: { query } }))).total;
}

function textOf(software: Software, rollouts: number): string {
  const { version_count, package_count, package_bytes } = software;
  const lost = {
    versions: t("versionCount", { count: version_count }),
    packages: t("packageCount", { count: package_count, size: bytes(package_bytes) }),
  };
  const ends = rollouts > 0 ? [t("rolloutsEnd", { count: rollouts })] : [];
  return [t("deleteText", lost), ...ends, t("deleteForGood")].join("\n");
}
