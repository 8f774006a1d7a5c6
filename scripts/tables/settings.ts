import { z } from "zod";
import { GIB, MIB } from "../../functions/core/setting-types.ts";
import { settings } from "../../functions/declarations.ts";
import { stackSettings } from "../stack/settings.ts";
import { code, tableOf } from "./pages.ts";

/** A row of the table of settings. `ownMachine` is the value that `npm start` sets in place of the default. */
export type SettingRow = { name: string; fallback: string; ownMachine: string | undefined; meaning: string };

type Described = { default?: string | number; description?: string; fallback?: string; ownMachine?: string };

/** Every setting of the Worker, in the order in which it is declared. */
export function settingRows(): SettingRow[] {
  const { properties, required } = z.toJSONSchema(z.object(settings), {
    io: "input",
    unrepresentable: "any",
  }) as {
    properties: Record<string, Described>;
    required: string[];
  };
  return Object.entries(properties).map(([name, setting]) => ({
    name,
    fallback: required.includes(name) ? "required" : fallbackOf(setting),
    ownMachine: setting.ownMachine,
    meaning: setting.description ?? "",
  }));
}

function fallbackOf({ default: value, fallback }: Described): string {
  const text = code(String(value ?? fallback ?? ""));
  const unit = [[GIB, "GiB"] as const, [MIB, "MiB"] as const].find(([size]) => Number(value) >= size);
  return unit ? `${text} (${Number(value) / unit[0]} ${unit[1]})` : text;
}

export const settingTable = () =>
  tableOf(
    ["variable", "default", "with `npm start`", "meaning"],
    settingRows().map(({ name, fallback, ownMachine = "", meaning }) => [
      code(name),
      fallback,
      ownMachine,
      meaning,
    ]),
  );

export const stackSettingTable = () =>
  tableOf(
    ["variable", "default", "meaning"],
    Object.entries(stackSettings).map(([name, { fallback, meaning }]) => [
      code(name),
      code(fallback),
      meaning,
    ]),
  );
