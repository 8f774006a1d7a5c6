import { expect, test } from "vitest";
import { releasesChanged } from "../../functions/releases/changes.ts";
import { findPackageFiles } from "../../functions/updates/package-files.ts";
import { useDomain } from "../support/domain.ts";
import { publishPackage } from "../support/domain/packages.ts";

const openDomain = useDomain();

test("files that the isolate knew are found, though something is published while others are read", async () => {
  const domain = await openDomain();
  for (const version of ["1.0.0", "2.0.0"]) await publishPackage(domain, { version });
  const rows = await domain.rows<{ id: number }>("SELECT id FROM packages ORDER BY id");
  const [first = 0, second = 0] = rows.map(({ id }) => id);
  await findPackageFiles(domain.ctx, [first]);
  const { db } = domain.deps;
  const read: typeof db.read = async (query) => {
    const found = await db.read(query);
    releasesChanged(domain.ctx);
    return found;
  };
  const ctx = { ...domain.ctx, deps: Object.assign(domain.ctx.deps, { db: { ...db, read } }) };
  expect(new Set((await findPackageFiles(ctx, [first, second])).keys())).toEqual(new Set([first, second]));
});
