import { and, eq, sql, type SQL } from "drizzle-orm";
import { appwares } from "../../schema/catalogue.ts";
import { requireUser } from "../accounts/sign-in/sessions.ts";
import { audited } from "../core/audit.ts";
import type { Ctx, UserActor } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { message } from "../core/locale/locale.ts";
import { softwareByAkey } from "../releases/software.ts";
import { appwareColumns, describeAppWare, type AppWare } from "./appware.ts";

export type AppWareInput = {
  name: string;
  remark: string | null;
  sort_order: number;
  status: number;
  is_active: boolean;
  view_count: number;
  software_akey: string | null;
};

type Changes = { [field in keyof AppWareInput]?: AppWareInput[field] | undefined };

const takenNames = refusals({ "appwares.name_key": "APPWARE_EXISTS" });

/** Reads a record that is not deleted, and counts one more view of it. @throws AppError APPWARE_NOT_FOUND. */
export async function viewAppWare(ctx: Ctx, id: number): Promise<AppWare> {
  requireUser(ctx.actor);
  const oneMore = sql`min(${appwares.viewCount} + 1, ${Number.MAX_SAFE_INTEGER})`;
  const { viewed } = await ctx.deps.db.write((q) => ({
    viewed: q.update(appwares).set({ viewCount: oneMore }).where(isLiving(id)).returning(appwareColumns),
  }));
  const [row] = viewed;
  if (!row) throw new AppError("APPWARE_NOT_FOUND");
  return describeAppWare(row);
}

/** Creates a record. @throws AppError APPWARE_EXISTS, or VALIDATION_ERROR where the named software does not exist. */
export async function createAppWare(ctx: Ctx, input: AppWareInput): Promise<AppWare> {
  const user = requireUser(ctx.actor);
  const now = ctx.deps.clock();
  const { created } = await ctx.deps.db.write((q) => {
    const change = q
      .insert(appwares)
      .select(
        sql`SELECT NULL, ${input.name}, ${nameKey(input.name)}, ${input.remark}, ${input.sort_order}, ${input.status},
          ${Number(input.is_active)}, ${input.view_count}, ${softwareId(input.software_akey)}, ${user.id}, ${now}, ${now}, 0, 1
        WHERE ${softwareIsKnown(input.software_akey)}`,
      )
      .returning(appwareColumns);
    const entry = { action: "appware.create", target: sql`last_insert_rowid()` };
    return { created: audited(ctx, q, change, entry) };
  }, takenNames);
  const [row] = created.change;
  if (!row) throw unknownSoftware(ctx);
  return describeAppWare(row);
}

/**
 * Changes the given fields, if any.
 * @throws AppError APPWARE_NOT_FOUND, ACCESS_DENIED, APPWARE_EXISTS, or VALIDATION_ERROR where the named software does not
 *   exist.
 */
export async function updateAppWare(ctx: Ctx, id: number, changes: Changes): Promise<AppWare> {
  const user = requireUser(ctx.actor);
  const isChange = Object.values(changes).some((value) => value !== undefined);
  const { name, software_akey: akey } = changes;
  const { updated, found } = await ctx.deps.db.write((q) => {
    const change = q
      .update(appwares)
      .set({
        name,
        nameKey: name === undefined ? undefined : nameKey(name),
        remark: changes.remark,
        sortOrder: changes.sort_order,
        status: changes.status,
        isActive: changes.is_active,
        viewCount: changes.view_count,
        softwareId: akey === undefined ? undefined : softwareId(akey),
        updatedAt: isChange ? ctx.deps.clock() : undefined,
        version: sql`${appwares.version} + ${Number(isChange)}`,
      })
      .where(and(isLiving(id), isOwnedBy(user), softwareIsKnown(akey)))
      .returning(appwareColumns);
    return {
      updated: audited(ctx, q, change, { action: "appware.update", target: String(id) }),
      found: q.select({ createdBy: appwares.createdBy }).from(appwares).where(isLiving(id)),
    };
  }, takenNames);
  const [row] = updated.change;
  if (!row) throw refusal(user, found[0]) ?? unknownSoftware(ctx);
  return describeAppWare(row);
}

/**
 * Marks a record as deleted, for good; another record may take its name.
 * @throws AppError APPWARE_NOT_FOUND, ACCESS_DENIED.
 */
export async function deleteAppWare(ctx: Ctx, id: number): Promise<{ message: string }> {
  const user = requireUser(ctx.actor);
  const { found, deleted } = await ctx.deps.db.write((q) => {
    const change = q
      .update(appwares)
      .set({ isDeleted: true, updatedAt: ctx.deps.clock(), version: sql`${appwares.version} + 1` })
      .where(and(isLiving(id), isOwnedBy(user)))
      .returning({ id: appwares.id });
    return {
      found: q.select({ createdBy: appwares.createdBy }).from(appwares).where(isLiving(id)),
      deleted: audited(ctx, q, change, { action: "appware.delete", target: String(id) }),
    };
  });
  if (deleted.change.length === 0) throw refusal(user, found[0]) ?? new AppError("APPWARE_NOT_FOUND");
  return { message: message(ctx.locale, "appware.deleted") };
}

const isLiving = (id: number) => and(eq(appwares.id, id), eq(appwares.isDeleted, false));

const isOwnedBy = (user: UserActor) => (user.role === "admin" ? undefined : eq(appwares.createdBy, user.id));

/** The form in which names are compared: compatible forms, cases and outer spaces make no difference. */
const nameKey = (name: string) => name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").trim();

const softwareId = (akey: string | null) => (akey === null ? null : softwareByAkey(akey));

const softwareIsKnown = (akey: string | null | undefined): SQL =>
  akey === null || akey === undefined ? sql`true` : sql`EXISTS ${softwareByAkey(akey)}`;

function refusal(user: UserActor, found: { createdBy: string } | undefined): AppError | undefined {
  if (!found) return new AppError("APPWARE_NOT_FOUND");
  if (user.role !== "admin" && found.createdBy !== user.id) return new AppError("ACCESS_DENIED");
  return undefined;
}

function unknownSoftware(ctx: Ctx): AppError {
  const text = message(ctx.locale, "SOFTWARE_NOT_FOUND");
  const issue = { where: "body", path: ["software_akey"], message: text, type: "value_error" } as const;
  return new AppError("VALIDATION_ERROR", { field: "software_akey", problem: text }, { issues: [issue] });
}
