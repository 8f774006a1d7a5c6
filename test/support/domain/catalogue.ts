import { channelOf, orderingKey, parseVersion } from "../../../functions/kit/versions.ts";
import { packages } from "../../../schema/packages.ts";
import { software, versions } from "../../../schema/releases.ts";
import { blobs } from "../../../schema/uploads.ts";
import { newGate, readLowest } from "../../../functions/releases/gates.ts";
import type { Domain } from "../domain.ts";

export type Entry = {
  version: string;
  type: "full" | "patch" | "hotfix";
  platform: "windows" | "linux" | "macos";
  arch: "x64" | "x86" | "arm64" | "universal";
  software: string;
  channel: string;
  fromVersion: string | null;
  yanked: boolean;
  size: number;
  isCritical: boolean;
  /** Of the version: its first entry says so. */
  isWatershed: boolean;
  minUpdateFrom: string | null;
};

const TWO_DAYS_MS = 48 * 3_600_000;

const usual: Entry = {
  version: "1.0.0",
  type: "full",
  platform: "windows",
  arch: "x64",
  software: "omega",
  channel: "stable",
  fromVersion: null,
  yanked: false,
  size: 100,
  isCritical: false,
  isWatershed: false,
  minUpdateFrom: null,
};

/**
 * Puts packages into the database as if each had been published a second after the one before, two days ago; their objects
 * are not in the bucket. @returns their ids, in this order
 */
export async function insertCatalogue(domain: Domain, entries: Partial<Entry>[]): Promise<number[]> {
  const [last] = await domain.rows<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM blobs");
  const start = last?.id ?? 0;
  const began = domain.deps.clock() - TWO_DAYS_MS - 1000 * entries.length;
  const statements = entries.map((partial, index) => ({
    entry: { ...usual, ...channelFor(partial), ...partial },
    id: start + index + 1,
    at: began + index * 1000,
  }));
  for (let from = 0; from < statements.length; from += 50) {
    const page = statements.slice(from, from + 50);
    await domain.deps.db.write((q) => ({
      rows: page.flatMap(({ entry, id, at }) => insertions(q, entry, id, at)),
    }));
  }
  return statements.map(({ id }) => id);
}

function channelFor({ version }: Partial<Entry>): Partial<Entry> {
  const parsed = version === undefined ? null : parseVersion(version);
  return parsed ? { channel: channelOf(parsed) } : {};
}

type Query = Parameters<Parameters<Domain["deps"]["db"]["write"]>[0]>[0];

function insertions(q: Query, entry: Entry, id: number, at: number) {
  const parsed = parseVersion(entry.version);
  if (!parsed) throw new Error(`no version: ${entry.version}`);
  const orderKey = orderingKey(parsed);
  const softwareId = entry.software === "omega" ? "sfw_0" : `sfw_${entry.software}`;
  const versionId = `${softwareId}:${entry.version}`;
  const fileName = `${id}.zip`;
  const { type, platform, arch, channel, fromVersion, size, isCritical } = entry;
  const { isWatershed, minUpdateFrom } = entry;
  const lowest = minUpdateFrom === null ? undefined : readLowest(minUpdateFrom, parsed);
  const gate = newGate({ isWatershed, lowest });
  const hashes = { sha256: String(id), sha1: "", sha512: "", md5: "" };
  const slug = entry.software;
  return [
    q
      .insert(software)
      .values({ id: softwareId, akey: `soft_${slug}`, slug, name: slug, createdAt: at })
      .onConflictDoNothing(),
    q
      .insert(versions)
      .values({
        id: versionId,
        vkey: versionId,
        softwareId,
        version: entry.version,
        orderKey,
        channel,
        isCritical: false,
        ...gate,
        description: "",
        notes: "",
        createdAt: at,
      })
      .onConflictDoNothing(),
    q.insert(blobs).values({
      id,
      objectKey: `objects/${fileName}`,
      category: type,
      size,
      ...hashes,
      state: "live",
      createdAt: at,
    }),
    q.insert(packages).values({
      id,
      softwareId,
      versionId,
      type,
      platform,
      arch,
      fromVersion,
      orderKey,
      channel,
      isCritical,
      format: "zip",
      fileName,
      blobId: id,
      size,
      uploadId: `upl_${id}`,
      yankedAt: entry.yanked ? at : null,
      createdAt: at,
    }),
  ];
}
