import { createHmac } from "node:crypto";
import { absoluteUrl, type Ctx } from "../../core/context.ts";
import { timingSafeEqualText } from "../../kit/hash/hash.ts";

/** Long enough to begin and resume a large download in. */
const LINK_MS = 6 * 3600_000;

/** A link to a task's output that needs no sign-in, good for six hours: it leads here first, so that downloads are counted. */
export function outputLink(ctx: Ctx, taskId: string, fileName: string): string {
  const until = ctx.deps.clock() + LINK_MS;
  const path = `/api/tasks/${encodeURIComponent(taskId)}/outputs/${encodeURIComponent(fileName)}`;
  return absoluteUrl(ctx, `${path}?token=${until}.${signature(ctx, taskId, fileName, until)}`);
}

/** Whether this is the token of such a link, and still good. */
export function isLinkToken(ctx: Ctx, taskId: string, fileName: string, token: string): boolean {
  const [until = "", given = ""] = token.split(".");
  return (
    timingSafeEqualText(given, signature(ctx, taskId, fileName, Number(until))) &&
    Number(until) > ctx.deps.clock()
  );
}

function signature({ deps }: Ctx, taskId: string, fileName: string, until: number): string {
  const signed = JSON.stringify(["output-link", taskId, fileName, until]);
  return createHmac("sha256", deps.config.JWT_SECRET).update(signed).digest("base64url");
}
