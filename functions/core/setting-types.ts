import { z } from "zod";
import { textKey } from "./locale/locale.ts";

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

/** A whole number. */
export const count = (fallback: number, least = 0) => z.coerce.number().int().min(least).default(fallback);

export const flag = (fallback: boolean) =>
  z
    .enum(["true", "false", "1", "0"])
    .default(fallback ? "true" : "false")
    .transform((value) => value === "true" || value === "1");

/** An amount with at most two decimals, as integer hundredths. */
export const money = (fallback: string) =>
  z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, textKey("setting.money"))
    .default(fallback)
    .transform((amount) => Math.round(Number(amount) * 100));

/** Words separated by blanks or commas. */
export const list = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text) => text.split(/[\s,]+/).filter(Boolean));

export const httpUrl = z.url({ protocol: /^https?$/ });
