import { z } from "zod";
import { visibilities } from "../../schema/releases.ts";
import { codeEnvelope } from "../core/http/envelopes.ts";
import { describeErrors } from "../core/http/router.ts";
import { textKey } from "../core/locale/locale.ts";

/** The text of a description: more belongs into release notes of one's own. */
const MAX_DESCRIPTION = 10_000;
const MAX_NAME = 100;
const MAX_VERSION = 64;
/** Longer than any key that was ever given out. */
const MAX_KEY = 100;
/** Pages beyond this are empty, like this one. */
const MAX_PAGE = 1_000_000_000;

export const softwareErrors = describeErrors(codeEnvelope);

/** No control characters and nothing that turns the direction of writing. */
const PRINTABLE = /^[ -~\u00a0-\u2027\u202f-\u2065\u206a-\ufefe\uff00-\uffff]*$/;

const printable = (max: number) =>
  z.string().trim().min(1).max(max).regex(PRINTABLE, textKey("software.printable"));

export const softwareName = printable(MAX_NAME).meta({ example: "Omega Studio" });
export const versionText = printable(MAX_VERSION).meta({ example: "v2.1-beta" });
export const description = z.string().max(MAX_DESCRIPTION);

export const akeyParam = z.object({ akey: z.string().meta({ example: "soft_01k8f3q5zj7m0c2w9x4e6t8r1a" }) });
export const vkeyParam = z.object({ vkey: z.string().meta({ example: "ver_01k8f3q5zj7m0c2w9x4e6t8r1a" }) });

export const keyPair = z.object({
  akey: z.string().min(1).max(MAX_KEY),
  vkey: z.string().min(1).max(MAX_KEY),
});

export const pagingQuery = z.object({
  page: z.coerce.number().int().min(1).max(MAX_PAGE).default(1),
  size: z.coerce.number().int().min(1).max(100).default(10),
});
export type Paging = z.infer<typeof pagingQuery>;
export const offsetOf = ({ page, size }: Paging) => (page - 1) * size;

/** An answer's `{code, data}`. */
export const dataAnswer = <T extends z.ZodType>(data: T) => ({
  "application/json": { schema: z.object({ code: z.literal(200), data }) },
});

/** The `{code, message}` of a change done. */
export const doneAnswer = {
  "application/json": {
    schema: z.object({ code: z.literal(200), message: z.string() }).meta({ id: "SoftwareDone" }),
  },
};

export const visibility = z.enum(visibilities).meta({
  description:
    "`private`: packages, versions and checks are for those alone who bring a key that may read it",
});

export const softwareSchema = z.object({
  akey: z.string(),
  name: z.string(),
  description: z.string(),
  visibility,
  created_at: z.iso.datetime(),
});

export const versionSchema = z.object({
  vkey: z.string(),
  version: z.string(),
  description: z.string(),
  is_latest: z.boolean(),
  created_at: z.iso.datetime(),
});

/** A version in a list, with what decides who is offered it. */
export const listedVersion = versionSchema.extend({
  is_critical: z.boolean(),
  is_watershed: z.boolean().meta({ description: "No device below jumps over it" }),
  min_update_from: z
    .string()
    .nullable()
    .meta({ description: "The lowest version that may take it directly" }),
});

/** The 404 of a pair of keys that does not belong together. */
export const unknownPair = {
  description:
    "`SOFTWARE_NOT_FOUND`, `VKEY_NOT_FOUND`: an unknown akey, or a vkey that is none of its software",
  content: {
    "application/json": {
      schema: z
        .object({
          code: z.literal(404),
          data: z.object({ legal: z.literal(false), message: z.string() }),
        })
        .meta({ id: "UnknownKeys" }),
    },
  },
};
