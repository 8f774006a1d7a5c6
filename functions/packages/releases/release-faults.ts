import type { PackageDraft } from "../draft-package.ts";
import type { CompanionDraft } from "../companions/companion-fields.ts";
import type { ReleaseFiles } from "./release-files.ts";

/** What updaters need beside a package's bytes. */
const parts = ["signature", "ed_signature", "blockmap", "zsync"] as const;
type Part = (typeof parts)[number];

type File = { name: string; format: string; isHeld: boolean; has: ReadonlySet<Part> };

/** A file that lacks what another of its format has. */
export type ReleaseFault = { file: string; missing: Part; other: string };

/**
 * What files that wait for a release lack, although other files of the same format have it. Where a signature was
 * forgotten, updaters that ask for that file would get no update. Files that are already published are not reported.
 */
export function findReleaseFaults(release: ReleaseFiles): ReleaseFault[] {
  const files = filesOf(release);
  return files
    .filter((file) => file.isHeld)
    .flatMap((file) =>
      parts.flatMap((missing) => {
        if (file.has.has(missing)) return [];
        const other = files.find(({ format, has }) => format === file.format && has.has(missing));
        return other ? [{ file: file.name, missing, other: other.name }] : [];
      }),
    );
}

function filesOf({ packages, open }: ReleaseFiles): File[] {
  const published = packages
    .filter((row) => row.type === "full" && row.yankedAt === null)
    .map((row) => ({
      name: row.fileName,
      format: row.format,
      isHeld: false,
      has: partsOf(row, row.companions.map(({ role }) => role).concat(heldRoles(open, row.uploadId))),
    }));
  const held = open
    .filter((upload) => upload.kind === "package" && (upload.draft as PackageDraft).type === "full")
    .map((upload) => {
      const draft = upload.draft as PackageDraft;
      return {
        name: upload.fileName,
        format: draft.format ?? "",
        isHeld: true,
        has: partsOf(draft.updater ?? {}, heldRoles(open, upload.id)),
      };
    });
  return [...published, ...held];
}

const heldRoles = (open: ReleaseFiles["open"], uploadId: string): CompanionDraft["role"][] =>
  open
    .filter((upload) => upload.kind === "companion")
    .map((upload) => upload.draft as CompanionDraft)
    .filter(({ of }) => of === uploadId)
    .map(({ role }) => role);

function partsOf(
  {
    signature,
    edSignature,
  }: { signature?: string | null | undefined; edSignature?: string | null | undefined },
  roles: readonly CompanionDraft["role"][],
): ReadonlySet<Part> {
  return new Set<Part>([
    ...(signature ? (["signature"] as const) : []),
    ...(edSignature ? (["ed_signature"] as const) : []),
    ...roles,
  ]);
}
