import type { Ctx } from "../core/context.ts";
import type { TextKey } from "../core/locale/locale.ts";
import { retell } from "../core/locale/retell.ts";

/** What the server and the agent that we ship say of a failed task. */
const taskFaults: readonly TextKey[] = [
  "task.fault.timedOut",
  "task.fault.timedOutAfter",
  "task.fault.lost",
  "task.fault.exitCode",
  "task.fault.signal",
  "task.fault.cannotStart",
  "task.fault.noResult",
  "task.fault.largeResult",
  "task.fault.noCommand",
  "task.fault.restarts",
  "task.fault.sameInput",
  "task.fault.input",
  "task.fault.refused",
  "task.fault.agent",
];

/** What the server says of an agent that it calls. */
const agentFaults: readonly TextKey[] = [
  "agent.fault.redirect",
  "agent.fault.long",
  "agent.fault.noReport",
  "agent.fault.status",
  "outbound.silent",
  "outbound.unreachable",
];

/** Why a task failed, in the language of the request; what its command wrote stays as it is. */
export const sayTaskFault = ({ locale }: Ctx, fault: string | null): string | null =>
  fault === null ? null : retell(locale, taskFaults, fault);

/** What is wrong with an agent, in the language of the request. */
export const sayAgentFault = ({ locale }: Ctx, fault: string | null): string | null =>
  fault === null ? null : retell(locale, agentFaults, fault);
