import { api, dataOf } from "../../api/client.ts";
import type { Deed, Rollout } from "./rollout.ts";

/** Does what somebody wants with a rollout, and answers it as it is then. @throws Failure. */
export function act(deed: Deed, id: string, reason: string): Promise<Rollout> {
  const asked = { params: { path: { id } }, body: reason === "" ? {} : { reason } };
  const paths = {
    raise: () => api.POST("/api/v1/rollouts/{id}/raise", asked),
    pause: () => api.POST("/api/v1/rollouts/{id}/pause", asked),
    resume: () => api.POST("/api/v1/rollouts/{id}/resume", asked),
    complete: () => api.POST("/api/v1/rollouts/{id}/complete", asked),
    "roll-back": () => api.POST("/api/v1/rollouts/{id}/roll-back", asked),
  };
  return dataOf(paths[deed]());
}
