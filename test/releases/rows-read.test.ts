import { expect, test } from "vitest";
import { getDependents } from "../../functions/packages/releases/get-dependents.ts";
import { listReleases } from "../../functions/packages/releases/list-releases.ts";
import { searchSoftware } from "../../functions/software/search-software.ts";
import { rolledOut } from "../rollouts/support.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { insertCatalogue } from "../support/domain/catalogue.ts";

const openDomain = useDomain();

const FEW = 40;
const MANY = 240;
const page = { page: 1, page_size: 10 };

const released = (domain: Domain) => listReleases(domain.ctx, { software: "omega", ...page });

/** What is asked, and how often it may count each version or package of omega. */
const questions = {
  "a page of software": {
    counts: 3,
    ask: (domain: Domain) => searchSoftware(domain.ctx, { order: "newest", ...page }),
  },
  "a page of versions": { counts: 1, ask: released },
  "versions that are searched for": {
    // Each is read to be counted and to be chosen, and was the best so far.
    counts: 3,
    ask: (domain: Domain) => listReleases(domain.ctx, { software: "omega", search: "beta", ...page }),
  },
  "what depends on a version": {
    counts: 0,
    ask: (domain: Domain) => getDependents(domain.ctx, { software: "omega", version: "2.0.0" }),
  },
};

test.each(Object.entries(questions))("%s reads no more of many versions but to count", async (_what, one) => {
  const read = async (versions: number) => {
    const domain = await openDomain();
    await catalogue(domain, versions);
    return rowsRead(() => one.ask(domain));
  };
  const few = await read(FEW);
  expect(few).toBeGreaterThan(0);
  expect(await read(MANY)).toBeLessThanOrEqual(few + one.counts * (MANY - FEW) + 20);
});

test("choosing a page of software reads nothing of what is published of the rest", async () => {
  const domain = await openDomain();
  const titles = Array.from({ length: FEW }, (_, index) => ({ software: `title-${index}` }));
  const newest = async (entries: typeof titles) => {
    await insertCatalogue(domain, entries);
    await domain.rows("UPDATE software SET created_at = rowid");
    return rowsRead(() => searchSoftware(domain.ctx, { order: "newest", page: 1, page_size: 1 }));
  };
  const alone = await newest(titles.slice(0, 1));
  // Each of the others is read to be counted and to be compared, and was the newest so far.
  expect(await newest(titles.slice(1))).toBeLessThanOrEqual(alone + 3 * FEW);
});

test("behind many higher pre-releases, the newest that is out for all is the highest release", async () => {
  const domain = await openDomain();
  await catalogue(domain, FEW);
  const { items } = await searchSoftware(domain.ctx, { order: "newest", ...page });
  expect(items[0]).toMatchObject({ newest: { version: "0.9.0" }, limited: { version: "2.0.0" } });
  await domain.rows("UPDATE versions SET is_withdrawn = 1 WHERE version = '0.9.0'");
  const later = await searchSoftware(domain.ctx, { order: "newest", ...page });
  expect(later.items[0]).toMatchObject({ newest: { version: `1.${FEW - 1}.0-beta.1` } });
  expect((await released(domain)).items.filter((one) => one.is_newest)).toMatchObject([
    { version: `1.${FEW - 1}.0-beta.1` },
  ]);
});

/** omega with an old release, many betas above it, and the latest in a rollout. */
async function catalogue(domain: Domain, versions: number) {
  const betas = Array.from({ length: versions }, (_, index) => ({ version: `1.${index}.0-beta.1` }));
  await insertCatalogue(domain, [{ version: "0.9.0" }, ...betas]);
  await rolledOut(domain);
  await domain.rows("UPDATE versions SET is_latest = 1 WHERE version = '2.0.0'");
}

type Pipeline = { results?: { response?: { result?: Result } }[] };
type Result = { rows_read?: number; step_results?: ({ rows_read?: number } | null)[] };

/** The rows that the database says it read for what is asked. */
async function rowsRead(ask: () => Promise<unknown>): Promise<number> {
  const plain = globalThis.fetch;
  let read = 0;
  globalThis.fetch = async (...request) => {
    const answer = await plain(...request);
    const { results = [] } = (await answer.clone().json()) as Pipeline;
    for (const { response } of results)
      for (const step of response?.result?.step_results ?? [response?.result]) read += step?.rows_read ?? 0;
    return answer;
  };
  try {
    await ask();
  } finally {
    globalThis.fetch = plain;
  }
  return read;
}
