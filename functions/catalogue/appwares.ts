import { and, eq, sql, type SQL } from "drizzle-orm";
import { appwares } from "../../schema/catalogue.ts";
import { audit } from "../../schema/core.ts";
import { requireUser } from "../accounts/sign-in/sessions.ts";
import { actorName, type Ctx, type UserActor } from "../core/context.ts";
import { ConstraintError } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { message } from "../core/locale/locale.ts";
import { softwareByAkey } from "../releases/software.ts";
import { shown, describe, type AppWare } from "./appware.ts";

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

/** A living record, with one more view. @throws AppError APPWARE_NOT_FOUND. */
export async function viewAppWare(ctx: Ctx, id: number): Promise<AppWare> {
  requireUser(ctx.actor);
  const oneMore = sql`min(${appwares.viewCount} + 1, ${Number.MAX_SAFE_INTEGER})`;
  const [[row]] = await ctx.deps.db.write((q) => [
    q.update(appwares).set({ viewCount: oneMore }).where(living(id)).returning(shown),
  ]);
  if (!row) throw new AppError("APPWARE_NOT_FOUND");
  return describe(row);
}

/** @throws AppError APPWARE_EXISTS, VALIDATION_ERROR for a software that is not there. */
export async function createAppWare(ctx: Ctx, input: AppWareInput): Promise<AppWare> {
  const user = requireUser(ctx.actor);
  const now = ctx.deps.clock();
  const [[row]] = await refusingTakenNames(() =>
    ctx.deps.db.write((q) => [
      q
        .insert(appwares)
        .select(
          sql`SELECT NULL, ${input.name}, ${nameKey(input.name)}, ${input.remark}, ${input.sort_order}, ${input.status},
            ${Number(input.is_active)}, ${input.view_count}, ${softwareId(input.software_akey)}, ${user.id}, ${now}, ${now}, 0, 1
          WHERE ${softwareIsKnown(input.software_akey)}`,
        )
        .returning(shown),
      q.insert(audit).select(auditOf(ctx, "create", sql`last_insert_rowid()`)),
    ]),
  );
  if (!row) throw unknownSoftware(ctx);
  return describe(row);
}

/**
 * Changes the fields that are given, if any.
 * @throws AppError APPWARE_NOT_FOUND, ACCESS_DENIED, APPWARE_EXISTS, VALIDATION_ERROR for a software that is not there.
 */
export async function updateAppWare(ctx: Ctx, id: number, changes: Changes): Promise<AppWare> {
  const user = requireUser(ctx.actor);
  const isChange = Object.values(changes).some((value) => value !== undefined);
  const { name, software_akey: akey } = changes;
  const [[row], , [found]] = await refusingTakenNames(() =>
    ctx.deps.db.write((q) => [
      q
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
        .where(and(living(id), ownedBy(user), softwareIsKnown(akey)))
        .returning(shown),
      q.insert(audit).select(auditOf(ctx, "update", String(id))),
      q.select({ createdBy: appwares.createdBy }).from(appwares).where(living(id)),
    ]),
  );
  if (!row) throw refusal(user, found) ?? unknownSoftware(ctx);
  return describe(row);
}

/** Hides a record for good; its name may be used again. @throws AppError APPWARE_NOT_FOUND, ACCESS_DENIED. */
export async function deleteAppWare(ctx: Ctx, id: number): Promise<{ message: string }> {
  const user = requireUser(ctx.actor);
  const [found, deleted] = await ctx.deps.db.write((q) => [
    q.select({ createdBy: appwares.createdBy }).from(appwares).where(living(id)),
    q
      .update(appwares)
      .set({ isDeleted: true, updatedAt: ctx.deps.clock(), version: sql`${appwares.version} + 1` })
      .where(and(living(id), ownedBy(user)))
      .returning({ id: appwares.id }),
    q.insert(audit).select(auditOf(ctx, "delete", String(id))),
  ]);
  if (deleted.length === 0) throw refusal(user, found[0]) ?? new AppError("APPWARE_NOT_FOUND");
  return { message: message(ctx.locale, "appware.deleted") };
}

const living = (id: number) => and(eq(appwares.id, id), eq(appwares.isDeleted, false));

const ownedBy = (user: UserActor) => (user.role === "admin" ? undefined : eq(appwares.createdBy, user.id));

/** The form in which names are compared: compatible forms, cases and outer spaces make no difference. */
const nameKey = (name: string) => name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").trim();

const softwareId = (akey: string | null) => (akey === null ? null : softwareByAkey(akey));

const softwareIsKnown = (akey: string | null | undefined): SQL =>
  akey === null || akey === undefined ? sql`true` : sql`EXISTS ${softwareByAkey(akey)}`;

/** An audit row if the statement before it changed a record. */
function auditOf(ctx: Ctx, verb: string, id: string | SQL): SQL {
  return sql`SELECT NULL, ${ctx.deps.clock()}, ${actorName(ctx.actor)}, ${`appware.${verb}`}, ${id}, '{}' WHERE changes() > 0`;
}

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

async function refusingTakenNames<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ConstraintError) || error.constraint !== "appwares.name_key") throw error;
    throw new AppError("APPWARE_EXISTS", {}, { cause: error });
  }
}
