import type { Ctx } from "../../core/context.ts";
import { AppError, type FieldIssue } from "../../core/errors.ts";
import { message } from "../../core/locale/locale.ts";
import { callableUrl } from "../../core/outbound/addresses.ts";

/**
 * An agent's address in the one form that it is kept and called in: without a slash at its end.
 * @throws AppError VALIDATION_ERROR for one that must not be called from here.
 */
export function checkAgentUrl(ctx: Ctx, given: string): string {
  const url = callableUrl(given, ctx.deps.config.ALLOW_PRIVATE_AGENTS);
  if (!url || url.search) throw addressFault(ctx);
  return url.href.replace(/\/+$/, "");
}

/** The columns of a server whose agent listens at this address; null: it only pulls. @throws AppError as `checkAgentUrl`. */
export function addressColumns(ctx: Ctx, given: string | null): { agentUrl: string | null; host: string } {
  if (given === null) return { agentUrl: null, host: "" };
  const agentUrl = checkAgentUrl(ctx, given);
  return { agentUrl, host: new URL(agentUrl).hostname };
}

function addressFault(ctx: Ctx): AppError {
  const problem = message(ctx.locale, "gpu.address");
  const issue: FieldIssue = { where: "body", path: ["agent_url"], message: problem, type: "value_error" };
  return new AppError("VALIDATION_ERROR", { field: "agent_url", problem }, { issues: [issue] });
}
