import { reactive } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useAction } from "../../kit/use-action.ts";
import { t } from "./texts.ts";

/** Random bytes of a first password; as text, a third more characters. */
const PASSWORD_BYTES = 12;

/** Makes an account, an administrator's where that is wanted. */
export function useInvite(whenMade: (account: { username: string; password: string }) => void) {
  const role = "user" as "user" | "admin";
  const typed = reactive({ username: "", email: "", password: newPassword(), role });
  const invite = useAction({
    async run() {
      const body = { ...typed };
      const { data } = await dataOf(api.POST("/api/admin/users", { body }));
      return { username: data.username, password: body.password };
    },
    done: ({ username }) => t("created", { name: username }),
    refresh: [["users"], ["admin", "stats"]],
    after: whenMade,
    showsFailure: true,
  });
  return { typed, invite };
}

function newPassword(): string {
  const random = crypto.getRandomValues(new Uint8Array(PASSWORD_BYTES));
  return btoa(String.fromCodePoint(...random))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
