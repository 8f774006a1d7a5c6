import { t } from "./texts.ts";

export const PLATFORMS = ["windows", "linux", "macos", "android", "ios"] as const;
export const ARCHES = ["x64", "x86", "arm64", "armv7", "universal"] as const;
export const TYPES = ["full", "patch", "hotfix"] as const;

const same = (values: readonly string[]) => values.map((value) => ({ label: value, value }));

/** What a select offers: platforms as they are called in addresses. */
export const platformItems = same(PLATFORMS);
export const archItems = same(ARCHES);

/** A filter's values, with the one before them that filters nothing. */
export const withAll = (items: readonly { label: string; value: string }[]) => [
  { label: t("all"), value: "all" },
  ...items,
];

/** A filter's value as the server is asked for it: nothing where all is wanted, or what there is not. */
export const oneOf = <const Value extends string>(
  value: string,
  known: readonly Value[],
): Value | undefined => known.find((one) => one === value);
