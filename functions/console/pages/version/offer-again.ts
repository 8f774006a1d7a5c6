import { confirm } from "../../kit/confirm.ts";
import { share } from "../rollouts/rollout.ts";
import { t } from "./texts.ts";
import type { Release } from "./use-release.ts";

type Limit = Release["rollout"];

/** Whether what is yanked is to be offered again. Asks where a rollout keeps it from clients all the same. */
export async function askToOffer(what: string, rollout: Limit): Promise<boolean> {
  if (!rollout) return true;
  const text = t(`unyank.${rollout.state}`, { percent: share(rollout.percent) });
  return confirm({ title: t("unyankSure", { what }), text, action: t("takeYankBack") });
}

/** What has become of it then. */
export function saidOfOffer(what: string, rollout: Limit): string {
  if (!rollout) return t("nowOffered", { what });
  return t(rollout.state === "rolled_back" ? "stillRolledBack" : "rolloutDecides", { what });
}
