import { describe, expect, test } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newBytes, newSoftware, publish } from "../support/publish.ts";
import { release, sendDraft } from "../support/releases.ts";
import { putInto, startRollout } from "../support/rollouts.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

type Listed = {
  total: number;
  items: { version: string; state: string; packages: Record<string, unknown>[] }[];
  drafts: { version: string; files: number; size: number; unfinished: number }[];
};
const list = (software: string, query = "") =>
  stack.request<Listed>(`/api/v1/releases/${software}${query}`, { asPublisher: true });
const versionsOf = async (software: string, query = "") =>
  (await list(software, query)).body.items.map(({ version }) => version);

async function title() {
  const software = newSoftware();
  await publish(stack, { software, version: "1.9.0" });
  await publish(stack, { software, version: "1.10.0", is_watershed: true }, newBytes(2000));
  await publish(stack, { software, version: "1.10.0", platform: "linux", arch: "arm64" });
  await publish(stack, { software, version: "2.0.0-beta.1", min_update_from: "1.10.0" });
  return software;
}

describe("the versions of software", () => {
  test("are listed highest first, a page at a time, with what there is of each", async () => {
    const software = await title();
    const first = await list(software, "?page_size=2");
    expect(first.body).toMatchObject({ software, total: 3, page: 1, total_pages: 2, drafts: [] });
    expect(first.body.items).toMatchObject([
      { version: "2.0.0-beta.1", channel: "beta", min_update_from: "1.10.0", state: "published" },
      {
        version: "1.10.0",
        is_latest: true,
        is_watershed: true,
        size: 3000,
        packages: [
          { package_type: "full", platform: "windows", arch: "x64", format: "zip", count: 1 },
          { platform: "linux", arch: "arm64" },
        ],
      },
    ]);
    expect(await versionsOf(software, "?page_size=2&page=2")).toEqual(["1.9.0"]);
  });

  test("are found by version, channel, state and what a package is for", async () => {
    const software = await title();
    expect(await versionsOf(software, "?search=1.1")).toEqual(["1.10.0"]);
    expect(await versionsOf(software, "?search=%25")).toEqual([]);
    expect(await versionsOf(software, "?search=1._0")).toEqual([]);
    expect(await versionsOf(software, "?channel=beta")).toEqual(["2.0.0-beta.1"]);
    expect(await versionsOf(software, "?platform=darwin")).toEqual([]);
    expect(await versionsOf(software, "?platform=linux&arch=aarch64&format=zip&type=full")).toEqual([
      "1.10.0",
    ]);
    expect(await versionsOf(software, "?platform=linux&arch=x64")).toEqual([]);
    await release(stack, software, "1.9.0", "/yank", {});
    expect(await versionsOf(software, "?state=yanked")).toEqual(["1.9.0"]);
    expect(await versionsOf(software, "?state=offered")).toEqual(["2.0.0-beta.1", "1.10.0"]);
    for (const query of ["?page=0", "?state=gone", "?arch=z80", "?channel=No", "?page_size=101"])
      expectProblem(await list(software, query), 400, "VALIDATION_ERROR");
  });

  test("come highest first also where one is searched for, but for the one of exactly this text", async () => {
    const software = newSoftware();
    for (const version of ["V2.0", "2.0.1", "2.1.2.0"]) await publish(stack, { software, version });
    expect(await versionsOf(software, "?search=2")).toEqual(["2.1.2.0", "2.0.1", "2.0"]);
    expect(await versionsOf(software, "?search=2.0&page_size=1")).toEqual(["2.0"]);
  });

  test("come with the drafts that wait, of this software alone", async () => {
    const software = newSoftware();
    await sendDraft(stack, { software, version: "3.0.0" });
    await sendDraft(stack, { software, version: "3.0.0", platform: "linux" });
    await sendDraft(stack, { software: `${software}-x`, version: "4.0.0" });
    const { body } = await list(software);
    expect(body).toMatchObject({ total: 0, items: [] });
    expect(body.drafts).toMatchObject([{ version: "3.0.0", files: 2, size: 2000, unfinished: 0 }]);
  });

  test("are for those alone who may publish it", async () => {
    const software = await title();
    const as = (headers: Record<string, string>) =>
      stack.request(`/api/v1/releases/${software}`, { headers });
    expectProblem(await as({}), 401, "INVALID_API_KEY");
    const { key } = await newKey(stack, ["packages:write"], { software: [newSoftware()] });
    expectProblem(await as({ "x-api-key": key }), 403, "INSUFFICIENT_SCOPE");
    expectProblem(await as(bearer((await newAccount(stack)).token)), 403, "ACCESS_DENIED");
    expect((await as(bearer((await newAccount(stack, "admin")).token))).status).toBe(200);
  });
});

test("what depends on a version are its patches, the ways over it, and the gates that name it", async () => {
  const software = await title();
  const patch = { software, package_type: "patch" } as const;
  await publish(stack, { ...patch, version: "1.10.0", from_version: "1.9.0" });
  await publish(stack, { ...patch, version: "1.11.0", from_version: "v1.10" });
  const dependents = (version: string) => release(stack, software, version, "/dependents");
  expect((await dependents("1.10.0")).body).toMatchObject({
    is_watershed: true,
    is_latest: false,
    patches: [{ version: "1.11.0", package_type: "patch", platform: "windows" }],
    chains: [{ platform: "windows", arch: "x64", from_version: "1.9.0", to_version: "1.11.0" }],
    gates: [{ version: "2.0.0-beta.1", channel: "beta" }],
  });
  expect((await dependents("2.0.0-beta.1")).body).toMatchObject({ patches: [], chains: [], gates: [] });
});

test("software is found by its name, for those who may publish it", async () => {
  const software = await title();
  await setVisibility(stack, software, "private");
  const find = (query: string, headers?: Record<string, string>) =>
    stack.request<{ total: number; items: Record<string, unknown>[] }>(
      `/api/v1/software?${query}`,
      headers ? { headers } : { asPublisher: true },
    );
  const found = await find(`search=${software.toUpperCase()}`);
  expect(found.body).toMatchObject({
    total: 1,
    items: [
      {
        software,
        visibility: "private",
        version_count: 3,
        package_count: 4,
        package_bytes: 5000,
        newest: { version: "1.10.0", channel: "stable" },
        limited: null,
      },
    ],
  });
  expect((await find(`search=${software}&visibility=public`)).body.total).toBe(0);
  const { key } = await newKey(stack, ["packages:write"], { software: [newSoftware()] });
  expect((await find(`search=${software}`, { "x-api-key": key })).body.total).toBe(0);
  expectProblem(await find("", {}), 401, "INVALID_API_KEY");
});

describe("a search for software", () => {
  type Found = { total: number; total_pages: number; items: { software: string; akey: string }[] };
  const search = (text: string, more = "") =>
    stack.request<Found>(`/api/v1/software?search=${encodeURIComponent(text)}${more}`, { asPublisher: true });
  const found = async (text: string, more?: string) =>
    (await search(text, more)).body.items.map(({ software }) => software);

  /** Software of this name; the newest is the last. */
  async function named(...names: readonly string[]) {
    const made: string[] = [];
    for (const name of names) {
      const software = newSoftware();
      await publish(stack, { software, version: "1.0.0" });
      const [one] = (await search(software)).body.items;
      const admin = bearer((await newAccount(stack, "admin")).token);
      const path = `/api/software/${one?.akey ?? ""}`;
      expect((await stack.request(path, { method: "PUT", json: { name }, headers: admin })).status).toBe(200);
      made.push(software);
    }
    return made;
  }

  test("reads names in any case and script, and takes % and _ as they stand", async () => {
    const [tag] = crypto.randomUUID().split("-");
    const [percent, underscore, han] = await named(`100% ${tag}`, `A_b ${tag}`, `光影工坊 ${tag}`);
    expect(await found(`100% ${tag}`)).toEqual([percent]);
    expect(await found(`a_B ${tag?.toUpperCase()}`)).toEqual([underscore]);
    expect(await found(`_ ${tag}`)).toEqual([]);
    expect(await found(`%${tag}`)).toEqual([]);
    expect(await found(`影工坊 ${tag}`)).toEqual([han]);
    expect(await found(`工影 ${tag}`)).toEqual([]);
  });

  test("for nothing is none; for blanks, or too much, is refused", async () => {
    const [all, none] = [
      await stack.request<Found>("/api/v1/software", { asPublisher: true }),
      await search(""),
    ];
    expect(none.status).toBe(200);
    expect(none.body.total).toBeGreaterThanOrEqual(all.body.total);
    for (const text of ["  ", "x".repeat(201)]) expectProblem(await search(text), 400, "VALIDATION_ERROR");
  });

  test("finds page by page, the newest first, but for what has exactly this slug", async () => {
    const software = newSoftware();
    for (const slug of [software, `${software}-a`, `${software}-b`])
      await publish(stack, { software: slug, version: "1.0.0" });
    await publish(stack, { software: `${software}-a`, version: "1.1.0" });
    const first = await search(software.toUpperCase(), "&page_size=2");
    expect(first.body).toMatchObject({
      total: 3,
      total_pages: 2,
      items: [{ software }, { software: `${software}-b` }],
    });
    expect(await found(software, "&page_size=2&page=2")).toEqual([`${software}-a`]);
    expect(await found(`${software}-`, "&order=versions")).toEqual([`${software}-a`, `${software}-b`]);
    expectProblem(await search(software, "&order=name"), 400, "VALIDATION_ERROR");
  });
});

test("a version that a rollout keeps from clients says so, and the newest is the one that all are offered", async () => {
  const software = newSoftware();
  for (const version of ["1.0.0", "2.0.0"]) await publish(stack, { software, version });
  const rollout = await startRollout(stack, software, "2.0.0", 10);
  const newest = async () => {
    const path = `/api/v1/software?search=${software}`;
    return (await stack.request<{ items: unknown[] }>(path, { asPublisher: true })).body.items[0];
  };
  for (const state of ["active", "paused", "rolled_back"] as const) {
    await putInto(stack, rollout, state);
    const limit = { id: rollout.id, state, percent: 10 };
    expect((await list(software)).body.items).toMatchObject([
      { version: "2.0.0", is_latest: true, is_newest: false, rollout: limit },
      { version: "1.0.0", is_latest: false, is_newest: true, rollout: null },
    ]);
    expect(await newest()).toMatchObject({
      newest: { version: "1.0.0" },
      limited: { version: "2.0.0", rollout: limit },
    });
    expect((await release(stack, software, "2.0.0")).body).toMatchObject({ rollout: limit });
  }
  await putInto(stack, rollout, "completed");
  expect((await list(software)).body.items[0]).toMatchObject({ is_newest: true, rollout: null });
  expect(await newest()).toMatchObject({ newest: { version: "2.0.0" }, limited: null });
});

test("what depends on a version are the clients that are offered it, and those that are led back to it", async () => {
  const software = newSoftware();
  for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await publish(stack, { software, version });
  await publish(stack, { software, version: "2.0.0", platform: "macos", arch: "universal" });
  const offers = async (version: string) =>
    (await release(stack, software, version, "/dependents")).body.offers;
  const [macos, windows] = [
    { platform: "macos", arch: "universal" },
    { platform: "windows", arch: "x64" },
  ];
  expect(await offers("3.0.0")).toEqual([{ ...windows, now: "3.0.0", without: "2.0.0", rolled_back: [] }]);
  await putInto(stack, await startRollout(stack, software, "3.0.0", 10), "rolled_back");
  expect(await offers("3.0.0")).toEqual([{ ...windows, now: "2.0.0", without: "2.0.0", rolled_back: [] }]);
  expect(await offers("2.0.0")).toEqual([
    { ...macos, now: "2.0.0", without: null, rolled_back: [] },
    { ...windows, now: "2.0.0", without: "1.0.0", rolled_back: ["3.0.0"] },
  ]);
  expect(await offers("1.0.0")).toEqual([{ ...windows, now: "2.0.0", without: "2.0.0", rolled_back: [] }]);
});
