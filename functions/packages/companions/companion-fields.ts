import { z } from "zod";
import { companionRoles } from "../../../schema/packages.ts";

/** The package of a companion: a published one by its id, any by the upload that brings it. */
const whose = {
  package_id: z.int().min(1).optional().meta({ description: "Of a published package" }),
  upload_id: z
    .string()
    .max(40)
    .optional()
    .meta({ description: "Of the package that this upload brings, held for a release or published" }),
};

export const companionRole = z.enum(companionRoles);

/** The fields of a companion's upload. */
export const companionFields = z.object({ role: companionRole, ...whose });

/** A companion before its bytes have arrived: its role, and the upload of its package. */
export type CompanionDraft = { role: (typeof companionRoles)[number]; of: string };
