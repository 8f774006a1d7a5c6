import { z } from "zod";
import { issueText, nearestIssue } from "./http/issue-texts.ts";
import { message } from "./locale/locale.ts";

/** Settings by name, each read from a text. A setting's description is its line in the table of settings. */
export type Settings = Readonly<Record<string, z.ZodType>>;

/** The values of all settings, read once per isolate. Each room that has settings adds them to this interface. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface Config {}

/** A setting that is missing or wrong; the message is one line that names it and never repeats its value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads settings from variables and secrets; an empty string counts as not set.
 * @throws ConfigError naming every setting that is wrong.
 */
export function readSettings<T extends Settings>(
  settings: T,
  raw: Record<string, unknown>,
): z.infer<z.ZodObject<T>> {
  const given = Object.fromEntries(
    Object.keys(settings).flatMap((name) => {
      const value = raw[name];
      return typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [];
    }),
  );
  const parsed = z.object(settings).safeParse(given);
  if (parsed.success) return parsed.data;
  const locale = given.DEFAULT_LOCALE === "zh-CN" ? "zh-CN" : "en";
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    if (!(name in given)) return message(locale, "setting.missing", { name });
    return message(locale, "setting.wrong", {
      name,
      problem: issueText(locale, nearestIssue(issue), given[name]),
    });
  });
  throw new ConfigError(message(locale, "setting.faults", { problem: faults.join("; ") }));
}
