import { expect, test, vi } from "vitest";
import { createApiKey } from "../../functions/accounts/api-keys/manage-api-keys.ts";
import { getStorageStats } from "../../functions/packages/storage/get-storage-stats.ts";
import { setVisibility } from "../../functions/software/visibility.ts";
import { useDomain } from "../support/domain.ts";
import { content, publishPackage } from "../support/domain/packages.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

test("sums tell nobody the size of a private package but who may read all software", async () => {
  const domain = await openDomain({ settings: { STORAGE_QUOTA_BYTES: "100000" } });
  const { ctx } = domain;
  const newKey = async (software?: string[]) =>
    (await createApiKey(ctx, { name: "reader", scopes: ["packages:read"], software })).key;
  const [free, limited] = [await newKey(), await newKey(["hidden"])];
  const full = async (key?: string) => {
    const { stats, usage_percentage } = await getStorageStats(ctx, () => key);
    return [stats.full_packages_size, stats.used_size, stats.available_size, usage_percentage];
  };
  await publishPackage(domain, { software: "hidden" }, content(1501));
  expect(await full()).toEqual([1501, 1501, 98_499, 1.5]);
  await setVisibility(ctx, "hidden", "private");
  expect(await full(free)).toEqual([1501, 1501, 98_499, 1.5]);
  for (const key of [undefined, "wrong", limited]) expect(await full(key)).toEqual([2000, 2000, 98_000, 2]);
});
