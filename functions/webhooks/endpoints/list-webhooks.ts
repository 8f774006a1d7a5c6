import { desc } from "drizzle-orm";
import { webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { describeEndpoint, endpointColumns, ownEndpoints, type Webhook } from "./own-endpoints.ts";

/** All endpoints that the actor may see, newest first. @throws AppError as `ownEndpoints`. */
export const listWebhooks = (ctx: Ctx): Promise<Webhook[]> => readWebhooks(ctx);

/** One of them. @throws AppError WEBHOOK_NOT_FOUND, and as `ownEndpoints`. */
export async function getWebhook(ctx: Ctx, id: string): Promise<Webhook> {
  const [webhook] = await readWebhooks(ctx, id);
  if (!webhook) throw new AppError("WEBHOOK_NOT_FOUND");
  return webhook;
}

async function readWebhooks(ctx: Ctx, id?: string): Promise<Webhook[]> {
  const chosen = ownEndpoints(ctx, id);
  const rows = await ctx.deps.db.read((q) =>
    q.select(endpointColumns).from(endpoints).where(chosen).orderBy(desc(endpoints.id)),
  );
  return rows.map(({ endpoint, pending }) => describeEndpoint(ctx, endpoint, pending));
}
