import { z } from "zod";
import type { packages } from "../../schema/packages.ts";
import { textKey } from "../core/locale/locale.ts";
import { plainLine } from "../kit/text.ts";
import { isEdSignature, isMinisign } from "./signatures.ts";

const truthy = ["true", "1", "yes", "on"];
const falsy = ["false", "0", "no", "off"];

/** A form sends texts; JSON may send booleans. */
export const formBoolean = z
  .union([z.boolean(), z.stringbool({ truthy, falsy }).meta({ enum: [...truthy, ...falsy] })])
  .optional();

/** Numbers with dots: a build number, or the version of an operating system. */
const dotted = z
  .string()
  .trim()
  .max(64)
  .regex(/^\d+(\.\d+)*$/, textKey("package.dotted"))
  .optional();

/** What updaters are told of a package beside its bytes: the fields of uploads and of changes of a package. */
export const updaterFields = {
  signature: z
    .string()
    .min(1)
    .max(4096)
    .refine(isMinisign, textKey("package.signature"))
    // Forms turn line ends into CRLF. They are turned back, which does not change the signature.
    .transform((file) => file.replaceAll("\r\n", "\n"))
    .optional()
    .meta({ description: "The content of its `.sig` file, as Tauri's signer or minisign wrote it" }),
  ed_signature: z.string().max(128).refine(isEdSignature, textKey("package.edSignature")).optional().meta({
    pattern: "^\\s*[A-Za-z0-9+/]{86}(?:==)?\\s*$",
    description: "Its Ed25519 signature in base64, as Sparkle's sign_update prints it",
  }),
  build_number: dotted.meta({ description: "What its system counts versions by: CFBundleVersion" }),
  min_os_version: dotted.meta({ description: "The oldest version of its system that it runs on" }),
  installer_args: plainLine(0, 500).optional().meta({ description: "What its installer is started with" }),
  block_map_size: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 32)
    .optional()
    .meta({ description: "Bytes of the block map that an AppImage ends with" }),
  requires_admin: formBoolean.meta({ description: "Whether it is installed for all users" }),
};

/** The columns of `packages` for these fields. */
export type UpdaterFacts = Pick<
  typeof packages.$inferInsert,
  | "signature"
  | "edSignature"
  | "buildNumber"
  | "minOsVersion"
  | "installerArgs"
  | "blockMapSize"
  | "requiresAdmin"
>;

/** The given fields as columns; fields that are not given are left out. */
export function updaterFacts(fields: z.infer<z.ZodObject<typeof updaterFields>>): UpdaterFacts {
  const facts = {
    signature: fields.signature,
    edSignature: fields.ed_signature,
    buildNumber: fields.build_number,
    minOsVersion: fields.min_os_version,
    installerArgs: fields.installer_args,
    blockMapSize: fields.block_map_size,
    requiresAdmin: fields.requires_admin,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
