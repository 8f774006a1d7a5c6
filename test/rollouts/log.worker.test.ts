import { expect, test } from "vitest";
import { newSoftware, publish, expectProblem } from "../support/publish.ts";
import { startRollout } from "../support/rollouts.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const asPublisher = true;

type Log = { items: { action: string; percent: number; reason: string; reports: number | null }[] };

test("a rollout's log names each decision with the figures of its moment, and no other rollout's", async () => {
  const software = newSoftware();
  for (const version of ["1.0.0", "2.0.0"]) await publish(stack, { version, software });
  const { id } = await startRollout(stack, software, "2.0.0", 5);
  const other = await startRollout(stack, software, "1.0.0", 7);
  const json = { reason: "It was the network" };
  await stack.request(`/api/v1/rollouts/${id}/pause`, { json, asPublisher });
  const { body } = await stack.request<Log>(`/api/v1/rollouts/${id}/log`, { asPublisher });
  expect(body.items).toMatchObject([
    { action: "pause", percent: 5, reason: "It was the network", reports: 0, failure_rate: { percent: 0 } },
    { action: "start", percent: 5, reason: "", reports: null, failure_rate: null },
  ]);

  await stack.request(`/api/v1/rollouts/${other.id}/complete`, { method: "POST", asPublisher });
  const open = await stack.request<{ items: { id: string }[] }>(
    `/api/v1/rollouts?software=${software}&state=open`,
    { asPublisher },
  );
  expect(open.body.items.map((one) => one.id)).toEqual([id]);
});

test("a log is shown to whoever may see its rollout, and of no other", async () => {
  expect((await stack.request("/api/v1/rollouts/rol_none/log")).status).toBe(401);
  expectProblem(
    await stack.request("/api/v1/rollouts/rol_none/log", { asPublisher }),
    404,
    "ROLLOUT_NOT_FOUND",
  );
});
