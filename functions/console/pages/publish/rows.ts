import { FILE_NAMES } from "../../../../scripts/client/folders/by-name.ts";
import { look, placeOf } from "../../../../scripts/client/folders/look.ts";
import type { Planned, Skipped } from "../../../../scripts/client/folders/plan.ts";
import type { Sentence } from "../../../../scripts/client/folders/sentence.ts";
import { parseVersion } from "../../../../functions/kit/versions.ts";
import { appNameOf } from "./app-name.ts";
import { listingOf, type Collected } from "./collect.ts";
import type { Fields, Item } from "./publication.ts";
import { fieldsOfRelease, type Release } from "./release.ts";
import { t } from "./texts.ts";

/** A package that was found, as it can be corrected. */
export type Row = {
  planned: Planned;
  isChosen: boolean;
  version: string;
  type: Planned["type"];
  from: string;
  platform: string;
  arch: string;
  channel: string;
};

export type Findings = {
  tools: string[];
  rows: Row[];
  skipped: Skipped[];
  faults: Sentence[];
  software: string | undefined;
};

/** Looks at what was chosen as the command line looks at a folder. */
export async function findPackages(collected: Collected): Promise<Findings> {
  const { tools, packages, skipped, faults } = look(await listingOf(collected), {});
  const rows = packages.map((planned) => ({
    planned,
    isChosen: true,
    version: planned.version ?? "",
    type: planned.type,
    from: planned.from_version ?? "",
    platform: planned.platform ?? "",
    arch: planned.arch ?? "",
    channel: planned.channel ?? "",
  }));
  return { tools, rows, skipped, faults, software: softwareOf(packages, tools) };
}

/** The software by what names it: a file that is named as the server names them, else an app by its build's packages. */
function softwareOf(packages: readonly Planned[], tools: readonly string[]): string | undefined {
  const told = packages.find(({ software }) => software)?.software;
  if (told || !tools.some((tool) => tool !== FILE_NAMES)) return told;
  return packages.map(({ path }) => appNameOf(nameOf(path))).find((name) => name !== undefined);
}

/** What keeps a row from being published, in a sentence; undefined where nothing does. */
export function faultOf(row: Row, rows: readonly Row[]): string | undefined {
  if (row.version.trim() === "") return t("needsVersion");
  if (!parseVersion(row.version)) return t("notVersion", { version: row.version.trim() });
  if (row.platform === "") return t("needsPlatform");
  if (row.arch === "") return t("needsArch");
  if (row.type === "patch" && row.from.trim() === "") return t("needsFrom");
  const isFromSaid = row.type !== "full" && row.from.trim() !== "";
  if (isFromSaid && !parseVersion(row.from)) return t("notVersion", { version: row.from.trim() });
  const twin = rows.find((other) => other !== row && other.isChosen && keyOf(other) === keyOf(row));
  return twin && t("twice", { other: twin.planned.path });
}

const keyOf = (row: Row) =>
  placeOf({
    ...row.planned,
    version: parseVersion(row.version)?.canonical,
    type: row.type,
    from_version: row.type === "full" ? undefined : row.from || undefined,
    platform: row.platform,
    arch: row.arch,
  });

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** The files to send, a package before what lies beside it, and which file each is. */
export function itemsOf(
  rows: readonly Row[],
  release: Release,
  files: ReadonlyMap<string, File>,
): [item: Item, file: File][] {
  const items: [Item, File][] = [];
  const add = (path: string, more: Partial<Item>) => {
    const file = files.get(path);
    if (!file) return -1;
    const id = items.length;
    const item: Item = {
      id,
      path,
      name: nameOf(path),
      size: file.size,
      modified: file.lastModified,
      state: "waiting",
      ...more,
    };
    items.push([item, file]);
    return id;
  };
  for (const row of rows) {
    const { path, digest, companions } = row.planned;
    const of = add(path, { fields: fieldsOf(row, release), ...(digest && { digest }) });
    for (const { path: beside, role } of companions) add(beside, { of, role });
  }
  return items;
}

function fieldsOf(row: Row, release: Release): Fields {
  const { signature, ed_signature, build_number, min_os_version, requires_admin, block_map_size } =
    row.planned;
  const told = { signature, ed_signature, build_number, min_os_version, requires_admin, block_map_size };
  const fields = {
    version: parseVersion(row.version)?.name ?? row.version,
    package_type: row.type,
    platform: row.platform,
    arch: row.arch,
    software: release.software,
    ...(row.type !== "full" && row.from && { from_version: row.from }),
    ...(row.channel && { channel: row.channel }),
    ...told,
    ...fieldsOfRelease(release),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
