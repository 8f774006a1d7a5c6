import { dependentsOf } from "./plugin-queries.ts";
import { t } from "./texts.ts";

/** Says which plugins need this one. @throws Failure. */
export async function sayDependents(name: string): Promise<string> {
  const { items, total } = await dependentsOf(name);
  if (total === 0) return t("noneDepends");
  const names = items.map((plugin) => plugin.name).join(", ");
  return t("dependOnIt", { count: total, names: total > items.length ? t("andMore", { names }) : names });
}
