import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { offeredChangelog, readNotes, sectionOf } from "../../scripts/cli/release-notes.ts";

const CHANGELOG = `# Changelog

## [Unreleased]

- soon

## [2.0.0-beta.1] - 2026-11-29

### Added

- All of it ([1.2.0] had less)

## v1.2.0

- Some

## 1.1.0

[2.0.0-beta.1]: https://example.com/compare
[1.2.0]: https://example.com/1
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-notes-"));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ["2.0.0-beta.1", "### Added\n\n- All of it ([1.2.0] had less)"],
  ["v2.0.0-beta.1", "### Added\n\n- All of it ([1.2.0] had less)"],
  ["1.2.0", "- Some"],
  ["1.1.0", undefined],
  ["1.2", undefined],
  ["2.0.0", undefined],
])("the section on %s", (version, expected) => {
  expect(sectionOf(CHANGELOG, version)).toBe(expected);
  expect(sectionOf(CHANGELOG.replaceAll("\n", "\r\n"), version)).toBe(expected);
});

test("CHANGELOG.md is looked for up to the root of the repository, and not above", async () => {
  const dist = join(folder, "app", "dist");
  await mkdir(dist, { recursive: true });
  await writeFile(join(folder, "CHANGELOG.md"), CHANGELOG);
  expect(await offeredChangelog(dist, "1.2.0")).toBe(join(folder, "CHANGELOG.md"));
  expect(await offeredChangelog(dist, "3.0.0")).toBeUndefined();
  expect((await readNotes({ changelog: true }, dist))("1.2.0")).toBe("- Some");
  await mkdir(join(folder, "app", ".git"));
  expect(await offeredChangelog(dist, "1.2.0")).toBeUndefined();
  await expect(readNotes({ changelog: true }, dist)).rejects.toThrow("There is no CHANGELOG.md in");
});

test("what cannot be notes is refused with what to do", async () => {
  const path = join(folder, "CHANGES.md");
  await writeFile(path, CHANGELOG);
  const notesOf = await readNotes({ changelog: path }, folder);
  expect(() => notesOf("9.0.0")).toThrow(`${path} has no section on 9.0.0.`);
  await expect(readNotes({ changelog: folder }, folder)).rejects.toThrow("is a folder");
  await expect(readNotes({ changelog: path, notes: "x" }, folder)).rejects.toThrow("by one of");
});
