import { z } from "zod";
import { fastApiEnvelope } from "../core/http/envelopes.ts";
import { describeErrors } from "../core/http/router.ts";
import { boolean, booleanParameter, integer, integerParameter, nameText, text } from "./fields.ts";

export const errorResponses = describeErrors(fastApiEnvelope);

export const appware = z
  .object({
    id: z.int(),
    name: z.string(),
    remark: z.string().nullable(),
    sort_order: z.int(),
    status: z.int().meta({ description: "1 enabled, 0 disabled" }),
    is_active: z.boolean(),
    view_count: z.int(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    is_deleted: z.boolean(),
    version: z.int().meta({ description: "Counts changes, from 1" }),
    software_akey: z
      .string()
      .nullable()
      .meta({ description: "The software whose versions and downloads it leads to" }),
  })
  .meta({ id: "AppWare" });

export const appwarePage = z
  .object({ data: z.array(appware), count: z.int().meta({ description: "Of all pages" }) })
  .meta({ id: "AppWares" });

/** In characters. */
const NAME_LENGTH = 255;
const REMARK_LENGTH = 500;
/** Longer than any akey. */
const AKEY_LENGTH = 255;

/** zod does not describe a transformed text as nullable by itself. */
const textOrNull: { type: ["string", "null"] } = { type: ["string", "null"] };

const fields = {
  name: nameText(1, NAME_LENGTH).meta({ description: "Unique among the living, whatever its case" }),
  remark: text(0, REMARK_LENGTH).nullable().meta(textOrNull),
  sort_order: integer(),
  status: integer(0, 1),
  is_active: boolean(),
  view_count: integer(0),
  software_akey: text(1, AKEY_LENGTH)
    .nullable()
    .meta({ ...textOrNull, description: "Of the software it leads to; null for none" }),
};

export const newAppware = z
  .object({
    name: fields.name,
    remark: fields.remark.default(null),
    sort_order: fields.sort_order.default(0),
    status: fields.status.default(1),
    is_active: fields.is_active.default(true),
    view_count: fields.view_count.default(0),
    software_akey: fields.software_akey.default(null),
  })
  .meta({ id: "NewAppWare" });

export const appwareChanges = z.object(fields).partial().meta({ id: "AppWareChanges" });

export const appwareParam = z.object({ appware_id: integerParameter() });

/** In records. */
const LIST_LIMIT = 1000;

export const listQuery = z.object({
  skip: integerParameter(0).default(0),
  limit: integerParameter(1, LIST_LIMIT).default(100),
  status: integerParameter(0, 1).optional(),
  is_active: booleanParameter().optional(),
});
