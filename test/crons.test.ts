import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { unavailable } from "../functions/core/errors.ts";
import { packageDownloads } from "../functions/packages/downloads.ts";
import { runCron } from "../functions/crons.ts";
import { surfaces } from "../functions/surfaces.ts";
import { useDomain } from "./support/domain.ts";
import { acceptedUpload, content, publishPackage, sentUpload, uploadRow } from "./support/domain/packages.ts";
import { aroundWrites } from "./support/domain/writes.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const path = {
  type: "full",
  version: "1.0.0",
  fileName: "omega-v1.0.0-full-windows-x64.zip",
  credential: () => undefined,
} as const;

test("every cron expression of wrangler.toml has work to do", async () => {
  const domain = await openDomain();
  const config = readFileSync(new URL("../wrangler.toml", import.meta.url), "utf8");
  const crons = /^crons = (\[.+\])$/m.exec(config)?.[1] ?? "";
  for (const expression of JSON.parse(crons) as string[]) await domain.cron(expression);
  expect(domain.logs.filter((line) => line.level !== "info")).toEqual([]);
  const jobs = await domain.rows<{ name: string }>("SELECT name FROM jobs ORDER BY name");
  const names = jobs.map((job) => job.name);
  const inTable = surfaces.flatMap((surface) => Object.values(surface.jobs ?? {}).flatMap(Object.keys));
  expect(names).toEqual([...inTable, "tick"].toSorted());
  const known = [
    "archive-logs",
    "check-ledger",
    "cleanup",
    "collect-garbage",
    "expire-attempts",
    "expire-inputs",
    "expire-sessions",
    "expire-uploads",
    "further-digests",
    "reconcile-objects",
    "reconcile-totals",
    "sweep-orphaned-staging",
    "sweep-outputs",
    "sweep-staging",
    "tick",
  ];
  expect(names).toEqual(expect.arrayContaining(known));
});

test("an unknown expression is logged and does nothing", async () => {
  const domain = await openDomain();
  await domain.cron("0 0 1 1 *");
  expect(domain.logs).toMatchObject([{ level: "warn", fields: { expression: "0 0 1 1 *" } }]);
});

test("a job that fails does not keep the later ones of its tick from running", async () => {
  const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: "3000", KEEP_FULL: "1" } });
  await publishPackage(domain, { version: "1.0.0" }, content(100));
  await domain.rows("DELETE FROM packages");
  for (const version of ["1.1.0", "1.2.0"]) await publishPackage(domain, { version });
  await sentUpload(domain, content(900), { version: "1.3.0" });
  domain.advance(23 * 3600_000);
  await domain.rows("UPDATE blobs SET released_at = 0 WHERE refs = 0");
  const storage = { ...domain.deps.storage, delete: () => Promise.reject(new Error("no bucket")) };
  await domain.cron("*/10 * * * *", { storage });
  expect(domain.logs.filter((line) => line.event === "job failed")).toMatchObject([
    { fields: { job: "collect-garbage" } },
  ]);
  expect(await domain.rows("SELECT id FROM packages")).toHaveLength(1);
});

test("each minute writes the downloads that this isolate counted, however the verification goes", async () => {
  const domain = await openDomain();
  await publishPackage(domain);
  const ctx = domain.isolate({}, { type: "system" });
  await packageDownloads.redirect(ctx, path);
  await packageDownloads.redirect(ctx, path);
  await runCron("* * * * *", ctx);
  expect(await domain.rows("SELECT download_count FROM packages")).toEqual([{ download_count: 2 }]);
});

test("downloads that cannot be written are kept, and do not keep uploads from being verified", async () => {
  const domain = await openDomain();
  await publishPackage(domain);
  const upload = await acceptedUpload(domain, content(1000), { version: "1.1.0" });
  let failures = 1;
  const db = aroundWrites(domain.deps.db, (write) =>
    failures-- > 0 ? Promise.reject(unavailable(new Error("once"))) : write(),
  );
  const ctx = domain.isolate({ db }, { type: "system" });
  await packageDownloads.redirect(ctx, path);
  await runCron("* * * * *", ctx).catch(() => undefined);
  expect(await uploadRow(domain, upload.id)).toMatchObject({ state: "ready" });
  await runCron("* * * * *", ctx);
  expect(await domain.rows("SELECT sum(download_count) AS n FROM packages")).toEqual([{ n: 1 }]);
});
