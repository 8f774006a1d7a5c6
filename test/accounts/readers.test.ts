import { describe, expect, test, vi } from "vitest";
import { createApiKey, deleteApiKey } from "../../functions/accounts/api-keys/manage-api-keys.ts";
import { mayRead } from "../../functions/accounts/readers.ts";
import type { Ctx } from "../../functions/core/context.ts";
import { createDatabase } from "../../functions/core/database/database.ts";
import { packageDownloads } from "../../functions/packages/downloads.ts";
import { listPackages } from "../../functions/packages/list-packages.ts";
import { setVisibility } from "../../functions/software/visibility.ts";
import { checkVersion } from "../../functions/updates/check-version.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { startDatabaseProxy } from "../support/domain/database-proxy.ts";
import { publishPackage } from "../support/domain/packages.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const hidden = { slug: "hidden", isPrivate: true };
const nobody = () => undefined;

const newKey = (ctx: Ctx, more: { software?: string[]; expires_at?: string } = {}) =>
  createApiKey(ctx, { name: "reader", scopes: ["packages:read"], ...more });

/** An isolate whose every round trip to the database is counted. */
async function counted(domain: Domain, work: (ctx: Ctx, trips: () => number) => Promise<void>) {
  const { LIBSQL_URL, LIBSQL_AUTH_TOKEN } = domain.deps.config;
  const proxy = await startDatabaseProxy(LIBSQL_URL);
  try {
    const db = createDatabase({ url: proxy.url, authToken: LIBSQL_AUTH_TOKEN });
    let before = 0;
    await work(domain.isolate({ db }), () => {
      const trips = proxy.bodies.length - before;
      before = proxy.bodies.length;
      return trips;
    });
  } finally {
    await proxy.stop();
  }
}

const check = (ctx: Ctx, software: string, credential: () => string | undefined) =>
  checkVersion(ctx, { software, platform: "windows", arch: "x64", current_version: "0.9.0", credential });

const fileOf = (software: string, credential: () => string | undefined, version = "1.0.0") => ({
  type: "full" as const,
  version,
  fileName: `${software}-v${version}-full-windows-x64.zip`,
  credential,
});

const refused = { code: "INVALID_API_KEY" };

describe("a good key", () => {
  test("is looked up once, and not again for some seconds", async () => {
    const domain = await openDomain();
    const { key } = await newKey(domain.ctx);
    await counted(domain, async (ctx, trips) => {
      for (let asked = 0; asked < 3; asked++) expect(await mayRead(ctx, hidden, () => key)).toBe(true);
      expect(trips()).toBe(1);
      domain.advance(5_001);
      expect(await mayRead(ctx, hidden, () => key)).toBe(true);
      expect(trips()).toBe(1);
    });
  });

  test("that was ended elsewhere is good for five seconds at most, here for none", async () => {
    const domain = await openDomain();
    const [here, there] = [domain.isolate(), domain.isolate()];
    const { id, key } = await newKey(here);
    for (const ctx of [here, there]) expect(await mayRead(ctx, hidden, () => key)).toBe(true);
    await deleteApiKey(here, id);
    expect(await mayRead(here, hidden, () => key)).toBe(false);
    domain.advance(5_001);
    expect(await mayRead(there, hidden, () => key)).toBe(false);
  });

  test("ends at its moment, remembered or not", async () => {
    const domain = await openDomain();
    const expires_at = new Date(domain.deps.clock() + 3_000).toISOString();
    const { key } = await newKey(domain.ctx, { expires_at });
    expect(await mayRead(domain.ctx, hidden, () => key)).toBe(true);
    domain.advance(3_001);
    expect(await mayRead(domain.ctx, hidden, () => key)).toBe(false);
  });

  test("of one software opens no other that is asked for with it", async () => {
    const domain = await openDomain();
    const { key } = await newKey(domain.ctx, { software: ["hidden"] });
    const answers = [];
    for (const slug of ["other", "hidden", "hid", "hidden-2", "hidden", "other"]) {
      answers.push(await mayRead(domain.ctx, { slug, isPrivate: true }, () => key));
    }
    expect(answers).toEqual([false, true, false, false, true, false]);
  });
});

describe("round trips", () => {
  test("public software costs what it did, whatever key comes with the question", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { software: "open" });
    await counted(domain, async (ctx, trips) => {
      const key = () => expect.unreachable("nobody asks for a key") as string;
      await check(ctx, "open", key);
      expect(trips()).toBe(1);
      await check(ctx, "open", key);
      expect(trips()).toBe(0);
      await packageDownloads.redirect(ctx, fileOf("open", key), false);
      expect(trips()).toBe(1);
      await packageDownloads.redirect(ctx, fileOf("open", key), false);
      expect(trips()).toBe(0);
      const place = { software: "open", platform: "all", arch: "all", limit: 10, offset: 0 } as const;
      await listPackages(ctx, { ...place, credential: key });
      expect(trips()).toBe(1);
    });
  });

  test("private software costs one more for its key, and none while key and index are remembered", async () => {
    const domain = await openDomain();
    await setVisibility(domain.ctx, "hidden", "private");
    await publishPackage(domain, { software: "hidden" });
    const { key } = await newKey(domain.ctx, { software: ["hidden"] });
    await counted(domain, async (ctx, trips) => {
      await check(ctx, "hidden", () => key);
      expect(trips()).toBe(2);
      await check(ctx, "hidden", () => key);
      expect(trips()).toBe(0);
      await packageDownloads.redirect(
        ctx,
        fileOf("hidden", () => key),
        false,
      );
      expect(trips()).toBe(1);
      await packageDownloads.redirect(
        ctx,
        fileOf("hidden", () => key),
        false,
      );
      expect(trips()).toBe(0);
    });
  });

  test("a refusal costs the same for a file that is there, was just fetched, or is not there", async () => {
    const domain = await openDomain();
    await setVisibility(domain.ctx, "hidden", "private");
    await publishPackage(domain, { software: "hidden" });
    const { key } = await newKey(domain.ctx);
    await counted(domain, async (ctx, trips) => {
      await packageDownloads.redirect(
        ctx,
        fileOf("hidden", () => key),
        false,
      );
      trips();
      for (const version of ["1.0.0", "1.0.0", "9.9.9", "9.9.9"]) {
        const path = fileOf("hidden", nobody, version);
        await expect(packageDownloads.find(ctx, path)).rejects.toMatchObject(refused);
        expect(trips()).toBe(1);
      }
    });
  });
});

describe("signed URLs of private files", () => {
  test("are handed out again for half of their life, and live as long as is set", async () => {
    const domain = await openDomain({ settings: { PRIVATE_URL_SECONDS: "120" } });
    await setVisibility(domain.ctx, "hidden", "private");
    await publishPackage(domain, { software: "hidden" });
    const { key } = await newKey(domain.ctx);
    const signed: number[] = [];
    const { storage } = domain.deps;
    const signGet: typeof storage.signGet = (object, options) => {
      signed.push(options.expiresIn);
      return storage.signGet(object, options);
    };
    const ctx = domain.isolate({ storage: { ...storage, signGet } });
    for (const [laterMs, times] of [
      [0, 1],
      [50_000, 1],
      [10_001, 2],
      [50_000, 2],
    ] as const) {
      domain.advance(laterMs);
      await packageDownloads.redirect(
        ctx,
        fileOf("hidden", () => key),
        false,
      );
      expect(signed).toEqual(Array.from({ length: times }, () => 120));
    }
  });

  test("take the place of long ones that an isolate remembers from when the file was public", async () => {
    const domain = await openDomain();
    await publishPackage(domain, { software: "hidden" });
    const { key } = await newKey(domain.ctx);
    const elsewhere = domain.isolate();
    const life = async () => {
      const url = await packageDownloads.redirect(
        elsewhere,
        fileOf("hidden", () => key),
        false,
      );
      return Number(new URL(url).searchParams.get("X-Amz-Expires"));
    };
    expect(await life()).toBe(6 * 3600);
    await setVisibility(domain.ctx, "hidden", "private");
    domain.advance(30_001);
    expect(await life()).toBe(900);
    await expect(packageDownloads.find(elsewhere, fileOf("hidden", nobody))).rejects.toMatchObject(refused);
    await setVisibility(domain.ctx, "hidden", "public");
    domain.advance(30_001);
    expect(await life()).toBe(6 * 3600);
  });
});

test("an index in the location's cache says that its software is private", async () => {
  const domain = await openDomain();
  await setVisibility(domain.ctx, "hidden", "private");
  await publishPackage(domain, { software: "hidden" });
  const { key } = await newKey(domain.ctx);
  const stored = new Map<string, string>();
  const edgeCache = {
    match: (url: string) => Promise.resolve(stored.has(url) ? new Response(stored.get(url)) : undefined),
    put: async (url: string, response: Response) => void stored.set(url, await response.text()),
    delete: (url: string) => Promise.resolve(stored.delete(url)),
  };
  const first = domain.isolate({ edgeCache });
  await check(first, "hidden", () => key);
  await domain.settle();
  expect(stored.size).toBe(1);
  expect(JSON.stringify([...stored])).not.toContain(key);
  await domain.rows("DELETE FROM packages");
  const other = domain.isolate({ edgeCache });
  await expect(check(other, "hidden", nobody)).rejects.toMatchObject(refused);
  expect((await check(other, "hidden", () => key)).answer.latest_version).toBe("1.0.0");
});
