import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { basisPointsOf, COHORTS } from "../../functions/kit/rollout.ts";
import { bitsIn, viewOf } from "../../functions/feeds/feed-view.ts";
import type { FeedIndex } from "../../functions/feeds/feed-index.ts";
import { isOut } from "../../functions/plugins/resolver/check-updates.ts";
import { bitsOf, type Limit } from "../../functions/rollouts/limits.ts";
import { renderElectron, readElectronFeed } from "../../functions/feeds/dialects/electron.ts";
import { renderVelopack, readVelopackFeed } from "../../functions/feeds/dialects/velopack.ts";
import { decideUpdate, outFor, type Candidate, type Way } from "../../functions/updates/decide-update.ts";
import { orderingKey, parseVersion } from "../../functions/kit/versions.ts";
import { feedFile, feedRelease } from "../support/feeds.ts";

const DEVICES = 100_000;
const versions = ["2.0.0", "1.0.0"];
const keyOf = (text: string) => {
  const version = parseVersion(text);
  return version ? orderingKey(version) : "";
};

/** A rollout of 2.0.0 at a percentage. */
const limitAt = (percent: number): Limit => ({
  state: "active",
  seed: "of the test",
  basisPoints: basisPointsOf(percent),
  orderKey: keyOf("2.0.0"),
  reason: "",
});

const limitOf = (version: string) => (version === "2.0.0" ? 0 : undefined);

const candidates: Candidate[] = versions.map((version) => {
  const way = { id: 1, type: "full", fromVersion: null, format: "zip", isUniversal: false } as const;
  const ways: Way[] = [
    { ...way, isCritical: false, description: "", size: 1, url: "", limit: limitOf(version) },
  ];
  return { version, orderKey: keyOf(version), releasedAt: "", criticalBelow: "", ways };
});

const releases = versions.map((version) =>
  feedRelease(
    version,
    ["exe", "nupkg"].map((format) =>
      feedFile({ format, fileName: `app.${format}`, limit: limitOf(version) }),
    ),
  ),
);

const indexAt = (limits: Limit[]): FeedIndex => {
  const software = { slug: "omega", isPrivate: false };
  return { software, isKnown: true, releases, gates: [], limits, etag: "", loadedAt: 0 };
};

/** Each road from a device's id to the version that it is told, with what is shared by devices told once for each answer. */
function roads(limit: Limit): Record<string, (device: string) => string> {
  const current = parseVersion("0.9.0");
  const [electron, velopack] = [readElectronFeed("latest.yml"), readVelopackFeed("releases.win.json")];
  if (!current || !electron || !velopack) throw new Error("no such feed");
  const index = indexAt([limit]);
  const shared = (tell: (bits: string) => string) => {
    const told = new Map(["0", "1"].map((bits) => [bits, tell(bits)]));
    return (bits: string) => told.get(bits) ?? "";
  };
  const checked = shared((bits) => decideUpdate(outFor(candidates, bits), current).latestVersion);
  const inYaml = shared((bits) => {
    const text = renderElectron(viewOf(index, bits, null).releases, electron);
    return (JSON.parse(text ?? "{}") as { version: string }).version;
  });
  const inList = shared((bits) => {
    const text = renderVelopack(viewOf(index, bits, null).releases, velopack, {
      localVersion: "0.9.0",
      id: "app",
    });
    return (JSON.parse(text) as { Assets: { Version: string }[] }).Assets[0]?.Version ?? "";
  });
  return {
    check: (id) => checked(bitsOf([limit], { id })),
    electron: (id) => inYaml(bitsIn(index, { device: { id }, current: null })),
    velopack: (id) => inList(bitsIn(index, { device: { id }, current })),
    plugins: (id) => (isOut(limit, { id }) ? "2.0.0" : "1.0.0"),
  };
}

test("100,000 devices are told the same on every road; each share is what it says; nobody falls out", () => {
  const devices = Array.from({ length: DEVICES }, (_, index) =>
    createHash("sha256").update(String(index)).digest("hex").slice(0, 32),
  );
  let before = new Set<string>();
  for (const percent of [1, 5, 60]) {
    const limit = limitAt(percent);
    const ways = Object.values(roads(limit));
    const inside = new Set<string>();
    let apart = 0;
    for (const device of devices) {
      const [first, ...others] = ways.map((tell) => tell(device));
      if (others.some((version) => version !== first)) apart++;
      if (first === "2.0.0") inside.add(device);
    }
    expect(apart).toBe(0);
    expect(Math.abs((inside.size / DEVICES) * 100 - (limit.basisPoints / COHORTS) * 100)).toBeLessThan(0.5);
    expect([...before].filter((device) => !inside.has(device))).toEqual([]);
    before = inside;
  }
}, 240_000);
