import { t } from "./texts.ts";

export const PLATFORMS = ["windows", "linux", "macos", "android", "ios"] as const;
export const ARCHES = ["x64", "x86", "arm64", "armv7", "universal"] as const;
export const TYPES = ["full", "patch", "hotfix"] as const;

/** How platforms write themselves. */
const NAMES: Readonly<Record<string, string>> = {
  windows: "Windows",
  linux: "Linux",
  macos: "macOS",
  android: "Android",
  ios: "iOS",
};
/** A platform as its readers know it, `macos` as `macOS`; one that is not known stays as it is. */
export const platformName = (platform: string): string => NAMES[platform] ?? platform;

const itemsOf = (values: readonly string[]) => values.map((value) => ({ label: platformName(value), value }));

/** What a select offers. */
export const platformItems = itemsOf(PLATFORMS);
export const archItems = itemsOf(ARCHES);

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
