import { and, eq } from "drizzle-orm";
import { appcasts } from "../../../schema/feeds.ts";
import { requireReader, type Credential } from "../../accounts/readers.ts";
import type { Ctx } from "../../core/context.ts";
import { selectAccess, type SoftwareAccess } from "../../releases/access.ts";
import { softwareOf } from "../../updates/newest-packages.sql.ts";
import { createIndexes, type Known } from "../../updates/known-indexes.ts";

type Row = typeof appcasts.$inferSelect;
export type AppcastQuestion = Pick<Row, "platform" | "arch"> & { software: string };

/** What a publisher set for a target; null where nothing was. */
export type Appcast = Known<{
  software: SoftwareAccess;
  own: Pick<Row, "appcast" | "signature"> | null;
}>;

/** Kept per isolate, each with a text of up to 200 KB. */
const MAX_APPCASTS = 50;

const keyOf = ({ software, platform, arch }: AppcastQuestion) =>
  [software, platform, arch].map(encodeURIComponent).join("&");

const known = createIndexes("appcasts-1", keyOf, MAX_APPCASTS, readAppcast);

/** @throws AppError INVALID_API_KEY for whoever may not see the software. */
export async function findAppcast(
  ctx: Ctx,
  question: AppcastQuestion,
  credential: Credential,
): Promise<Appcast> {
  const found = await known.find(ctx, question);
  await requireReader(ctx, found.software, credential);
  return found;
}

async function readAppcast(ctx: Ctx, question: AppcastQuestion) {
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, question.software),
    rows: q
      .select({ appcast: appcasts.appcast, signature: appcasts.signature })
      .from(appcasts)
      .where(
        and(
          eq(appcasts.softwareId, softwareOf(question)),
          eq(appcasts.platform, question.platform),
          eq(appcasts.arch, question.arch),
        ),
      ),
  }));
  const [software = { slug: question.software, isPrivate: false }] = access;
  return { software, own: rows[0] ?? null };
}
