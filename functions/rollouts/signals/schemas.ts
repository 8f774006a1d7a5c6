import { z } from "zod";
import { signalKinds } from "../../../schema/rollouts/signals.ts";
import { textKey } from "../../core/locale/locale.ts";
import { plainLine, wellFormed } from "../../kit/text.ts";
import { givenSoftware, writtenVersion } from "../../releases/schemas.ts";
import { MAX_DEVICE_ID, MAX_MESSAGE, MOST_SIGNALS } from "./policy.ts";

/** Longer than any name that a plugin may have. */
const MAX_PLUGIN_NAME = 128;

/** The id that a device chooses and keeps. */
const deviceId = plainLine(1, MAX_DEVICE_ID).meta({
  description: "Chosen and kept by the device; stored as a keyed hash alone",
});

const fields = z.object({
  software: givenSoftware.optional().meta({ description: "Slug or akey; `omega` without it and `plugin`" }),
  plugin: wellFormed(1, MAX_PLUGIN_NAME).optional().meta({ description: "In place of `software`" }),
  device_id: deviceId,
  version: writtenVersion.meta({ description: "The version that the signal is about" }),
  event: z.enum(signalKinds),
  from_version: writtenVersion.optional().meta({ description: "What ran before" }),
  message: z
    .string()
    .optional()
    .meta({ maxLength: MAX_MESSAGE, description: "Of a failure; its first 500 characters are kept" }),
});

/** One signal as a device sends it. */
export type Signal = z.infer<typeof fields>;

const isAboutOne = ({ software, plugin }: Partial<Signal>) => software === undefined || plugin === undefined;
const aboutOne = { error: textKey("signal.subject"), path: ["plugin"] };

const required = ["device_id", "version", "event"] as const;

/** One signal, or several under `signals`. A union of the two would name no field that is wrong. */
export const signalsBody = fields
  .partial()
  .extend({
    signals: z
      .array(fields.refine(isAboutOne, aboutOne).meta({ id: "Signal" }))
      .min(1)
      .max(MOST_SIGNALS)
      .optional()
      .meta({ description: "In place of the other fields: several, in the order in which they happened" }),
  })
  .refine(isAboutOne, aboutOne)
  .superRefine((body, context) => {
    if (body.signals !== undefined) return;
    for (const name of required) {
      if (body[name] !== undefined) continue;
      context.addIssue({ code: "invalid_type", expected: "string", input: undefined, path: [name] });
    }
  });

/** The signals of a body that was read. */
export const signalsOf = ({ signals, ...one }: z.infer<typeof signalsBody>): Signal[] =>
  signals ?? [one as Signal];
