import { listed } from "../../locale/format.ts";
import { dependentsOf } from "./plugin-queries.ts";
import { t } from "./texts.ts";

/** Says which plugins need this one. @throws Failure. */
export async function sayDependents(name: string): Promise<string> {
  const { items, total } = await dependentsOf(name);
  if (total === 0) return t("noneDepends");
  const names = listed(items.map((plugin) => plugin.name));
  return t("dependOnIt", { count: total, names: total > items.length ? t("andMore", { names }) : names });
}
