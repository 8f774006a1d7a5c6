import { reactive } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useAction } from "../../kit/use-action.ts";
import { dateOf, endOfDay } from "../../locale/days.ts";
import type { Scope } from "./scopes.ts";
import { t } from "./texts.ts";

/** A key as it is shown once, what it may do, and the software that it is limited to. */
export type NewKey = { key: string; scopes: readonly Scope[]; software: readonly string[] | null };

/** What is typed of a new key, and how it is made; `whenMade` gets the key itself. */
export function useNewKey(whenMade: (made: NewKey) => void) {
  const typed = reactive({
    name: "",
    scopes: ["packages:write"] as Scope[],
    software: [] as string[],
    expires: "",
  });
  const make = useAction({
    run() {
      const body = {
        name: typed.name,
        scopes: typed.scopes,
        ...(typed.software.length > 0 && { software: typed.software }),
        ...(typed.expires && { expires_at: endOfDay(typed.expires) }),
      };
      return dataOf(api.POST("/api/v1/api-keys", { body }));
    },
    done: ({ name }) => t("created", { name }),
    refresh: [["keys"]],
    after: ({ key, scopes, software }) => whenMade({ key, scopes, software }),
    showsFailure: true,
  });
  return { typed, make, today: dateOf(new Date()) };
}
