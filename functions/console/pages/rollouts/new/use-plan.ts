import { ref } from "vue";
import { useRoute } from "vue-router";
import type { paths } from "../../../../../scripts/client/openapi.ts";

type NewRollout = NonNullable<
  paths["/api/v1/rollouts"]["post"]["requestBody"]
>["content"]["application/json"];
export type Policy = Required<NonNullable<NewRollout["policy"]>>;
export type Step = { key: number; percent: number; min_hours: number; min_reports: number };
export type Subject = { kind: "software" | "plugin"; name: string; version: string; channel: string };

const usualSteps = [1, 10, 50, 100];
/** What the server takes where nothing is said. */
const usual = { min_hours: 24, min_reports: 0 };

let lastKey = 0;
/** A step with a key of its own, by which the editor knows it again. */
export const newStep = (percent: number): Step => ({ key: ++lastKey, percent, ...usual });

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** What is typed into the form of a new rollout. A link may name `software`, `plugin`, `version` and `channel`. */
export function usePlan() {
  const { query } = useRoute();
  const subject = ref<Subject>({
    kind: query.plugin ? "plugin" : "software",
    name: text(query.plugin) || text(query.software),
    version: text(query.version),
    channel: text(query.channel),
  });
  const steps = ref<Step[]>(usualSteps.map(newStep));
  const policy = ref<Policy>({ max_failure_rate: 2, min_reports: 50, on_failure: "pause" });

  function body(): NewRollout {
    const { kind, name, version, channel } = subject.value;
    const what =
      kind === "plugin"
        ? { plugin: name.trim() }
        : { software: name.trim(), channel: channel.trim() || undefined };
    const sent = steps.value.map(({ key: _key, ...step }) => step);
    return { ...what, version: version.trim(), steps: sent, policy: policy.value };
  }
  return { subject, steps, policy, body };
}
