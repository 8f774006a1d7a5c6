import { and, eq } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import { actorName, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { endUpload, type NewUpload, type Upload } from "../uploads.ts";

/** The hash by which two requests are the same: of everything that was sent, and of who sent it. */
export function hashRequest(ctx: Ctx, input: NewUpload): string {
  const { kind, fields, fileName, size, sha256, md5, partSize } = input;
  const sorted = Object.entries(fields ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const wish = partSize === undefined ? [] : [partSize];
  return sha256Hex(
    JSON.stringify([actorName(ctx.actor), kind, sorted, fileName, size, sha256, md5, ...wish]),
  );
}

/** The upload that this very request began earlier, whoever owns it. */
export async function findRepeatedUpload(ctx: Ctx, input: NewUpload): Promise<Upload | undefined> {
  const { idempotencyKey } = input;
  if (idempotencyKey === undefined) return undefined;
  const [repeated] = await ctx.deps.db.read((q) =>
    q
      .select()
      .from(uploads)
      .where(
        and(eq(uploads.idempotencyKey, idempotencyKey), eq(uploads.requestHash, hashRequest(ctx, input))),
      ),
  );
  return repeated;
}

/**
 * The upload that its owner began with this key. An upload that was not completed in time is over, and its key is free.
 * @throws AppError IDEMPOTENCY_CONFLICT where another request used the key
 */
export async function findEarlierUpload(
  ctx: Ctx,
  owner: string,
  idempotencyKey: string | undefined,
  requestHash: string,
) {
  if (idempotencyKey === undefined) return undefined;
  const [earlier] = await ctx.deps.db.read((q) =>
    q
      .select()
      .from(uploads)
      .where(and(eq(uploads.owner, owner), eq(uploads.idempotencyKey, idempotencyKey))),
  );
  if (!earlier) return undefined;
  if (earlier.requestHash !== requestHash) throw new AppError("IDEMPOTENCY_CONFLICT");
  const overdue = earlier.state === "pending" && earlier.expiresAt <= ctx.deps.clock();
  return overdue && (await endUpload(ctx, earlier, "expired")) ? undefined : earlier;
}
