import { reactive } from "vue";
import { api, dataOf } from "../../api/client.ts";
import { useAction } from "../../kit/use-action.ts";
import { t } from "./texts.ts";

/** Random bytes of a first password; as text, a third more characters. */
const PASSWORD_BYTES = 12;

/** Makes an account by registering it, and an administrator of it where that is wanted. */
export function useInvite(whenMade: (account: { username: string; password: string }) => void) {
  const typed = reactive({ username: "", email: "", password: newPassword(), role: "user" });
  const invite = useAction({
    async run() {
      const { username, email, password, role } = typed;
      const { data } = await dataOf(api.POST("/api/auth/register", { body: { username, email, password } }));
      if (role === "admin") {
        const params = { path: { user_id: data.id } };
        await api.PUT("/api/admin/users/{user_id}", { params, body: { role } });
      }
      return { username: data.username, password };
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
