import { ref } from "vue";
import { useRoute } from "vue-router";
import type { paths } from "../../../../../scripts/client/openapi.ts";

type NewRollout = NonNullable<
  paths["/api/v1/rollouts"]["post"]["requestBody"]
>["content"]["application/json"];
export type Policy = Required<NonNullable<NewRollout["policy"]>>;
export type Step = { key: number; percent: number; min_hours: number; min_reports: number };
/** Steps, and when the rollout stops by itself. */
export type Plan = { steps: Step[]; policy: Policy };
export type Subject = { kind: "software" | "plugin"; name: string; version: string; channel: string };

const usualSteps = [1, 10, 50, 100];
/** As many reports as the usual policy judges by: with fewer, nothing could stop a rollout. */
const USUAL_REPORTS = 50;
const usual = { min_hours: 24, min_reports: USUAL_REPORTS };

let lastKey = 0;
/** A step with a key of its own, by which the editor knows it again. */
export const newStep = (percent: number): Step => ({ key: ++lastKey, percent, ...usual });

/** The plan that is offered before anything is said. */
export const usualPlan = (): Plan => ({
  steps: usualSteps.map(newStep),
  policy: { max_failure_rate: 2, min_reports: USUAL_REPORTS, on_failure: "pause" },
});

/** A plan as it is sent. */
export const planOf = ({ steps, policy }: Plan) => ({
  steps: steps.map(({ key: _key, ...step }) => step),
  policy,
});

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
  const plan = usualPlan();
  const steps = ref<Step[]>(plan.steps);
  const policy = ref<Policy>(plan.policy);

  function body(): NewRollout {
    const { kind, name, version, channel } = subject.value;
    const what =
      kind === "plugin"
        ? { plugin: name.trim() }
        : { software: name.trim(), channel: channel.trim() || undefined };
    const plan = planOf({ steps: steps.value, policy: policy.value });
    return { ...what, version: version.trim(), ...plan };
  }
  return { subject, steps, policy, body };
}
