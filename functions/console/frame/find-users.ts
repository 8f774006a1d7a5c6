import { api, dataOf } from "../api/client.ts";
import type { Found } from "./find-software.ts";

const SHOWN = 5;

/** The newest users whose name or mail address has what was typed in it; for administrators. @throws Failure. */
export async function findUsers(term: string): Promise<Found[]> {
  const params = { query: { search: term.trim(), page_size: SHOWN } };
  const { data } = await dataOf(api.GET("/api/admin/users", { params }));
  return data.items.map(({ id, username, email }) => ({
    label: username,
    suffix: email,
    icon: "i-lucide-user-round",
    to: { name: "user", params: { id } },
  }));
}
