import type { RolloutState } from "../../kit/rollout.ts";
import type { MoveName } from "./next-move.ts";

/** What people may do with a rollout, as their endpoints are called. */
export const actions = ["raise", "pause", "resume", "complete", "roll-back"] as const;
export type RolloutAction = (typeof actions)[number];

type Arrow = { to: RolloutState; name: MoveName };

/**
 * What each action does to a rollout in each state; what is missing is refused. Raised beyond its last step, a rollout is
 * completed.
 */
export const transitions: Readonly<Record<RolloutState, Partial<Record<RolloutAction, Arrow>>>> = {
  active: {
    raise: { to: "active", name: "raise" },
    pause: { to: "paused", name: "pause" },
    complete: { to: "completed", name: "complete" },
    "roll-back": { to: "rolled_back", name: "roll_back" },
  },
  paused: {
    resume: { to: "active", name: "resume" },
    complete: { to: "completed", name: "complete" },
    "roll-back": { to: "rolled_back", name: "roll_back" },
  },
  completed: {
    "roll-back": { to: "rolled_back", name: "roll_back" },
  },
  rolled_back: {},
};
