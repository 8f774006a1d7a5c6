import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import type { components } from "../../../../scripts/client/openapi.ts";
import { failureOf, noAnswer } from "../../api/failure.ts";
import { live } from "../../api/query-client.ts";
import { language } from "../../locale/i18n.ts";

type Health = components["schemas"]["Health"];

/** Health, also of a server that cannot serve. The server words the problems, in the language of the request. */
export const useHealth = () =>
  useQuery({
    queryKey: computed(() => ["health", language.value]),
    queryFn: () => readHealth(language.value),
    ...live(30),
  });

/** With status 503 the answer tells of health all the same, so it is no refusal. */
async function readHealth(locale: string): Promise<Health> {
  const headers = { "Accept-Language": locale };
  const answer = await fetch("/health?deep=1", { headers }).catch(() => Promise.reject(noAnswer()));
  const body = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as Partial<Health>;
  if (!body.checks) throw await failureOf(answer);
  return body as Health;
}
