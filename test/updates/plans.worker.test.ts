import { describe, expect, test } from "vitest";
import {
  expectProblem,
  listed,
  newBytes,
  newSoftware,
  packageForm,
  publish,
  publishSigned,
  sendForm,
  sha256Of,
  type PackageFields,
  type Published,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

type Step = { type: string; from_version: string | null; to_version: string; package_id: number };
type Check = {
  has_update: boolean;
  latest_version: string;
  update_info?: {
    version: string;
    is_critical: boolean;
    update_options: { type: string }[];
    plans?: { bytes: number; steps: Step[] }[];
  };
};

const ask = (software: string, current_version: string, more: Record<string, string> = {}) =>
  stack.request<Check>(
    `/api/v1/version/check?${new URLSearchParams({ software, current_version, ...more })}`,
  );

/** Plans as `patch 1.0.0>1.1.0, patch 1.1.0>1.2.0`, the cheapest first. */
async function plansFor(software: string, current: string, more: Record<string, string> = {}) {
  const { body } = await ask(software, current, { plans: "true", ...more });
  return body.update_info?.plans?.map(({ steps }) =>
    steps
      .map(({ type, from_version, to_version }) => `${type} ${from_version ?? ""}>${to_version}`)
      .join(", "),
  );
}

const KIB = 1024;
const patchOf = (software: string, version: string, from_version: string): PackageFields => ({
  software,
  version,
  package_type: "patch",
  from_version,
});

/** 1.0.0 to 1.3.0: a full package of 2 MiB for the last one, and patches of some KiB from each to the next. */
async function chained(): Promise<{ software: string; patches: Published[]; full: Published }> {
  const software = newSoftware();
  const patches: Published[] = [];
  for (const minor of [1, 2, 3]) {
    const fields = patchOf(software, `1.${minor}.0`, `1.${minor - 1}.0`);
    patches.push(await publish(stack, fields, newBytes(minor * KIB)));
  }
  const full = await publish(stack, { software, version: "1.3.0" }, newBytes(2 * KIB * KIB));
  return { software, patches, full };
}

describe("plans", () => {
  test("a chain that costs less than the full package comes first, with all that its steps need", async () => {
    const software = newSoftware();
    const bytes = [newBytes(KIB), newBytes(2 * KIB), newBytes(2 * KIB * KIB)] as const;
    const first = await publish(stack, patchOf(software, "1.1", "1.0"), bytes[0]);
    const second = await publishSigned(stack, patchOf(software, "1.2", "1.1"), bytes[1]);
    const full = await publish(stack, { software, version: "1.2" }, bytes[2]);
    const { body } = await ask(software, "v1.0", { plans: "true" });
    expect(body.update_info?.plans).toEqual([
      {
        bytes: 3 * KIB,
        steps: [
          {
            package_id: first.package_id,
            type: "patch",
            from_version: "1.0",
            to_version: "1.1",
            file_size: KIB,
            sha256: sha256Of(bytes[0]),
            download_url: `/downloads/patches/1.1/${software}-v1.0.0-to-v1.1-patch-windows-x64.zip`,
          },
          {
            package_id: second.package_id,
            type: "patch",
            from_version: "1.1",
            to_version: "1.2",
            file_size: 2 * KIB,
            sha256: sha256Of(bytes[1]),
            download_url: second.download_url,
          },
        ],
      },
      {
        bytes: 2 * KIB * KIB,
        steps: [
          {
            package_id: full.package_id,
            type: "full",
            from_version: null,
            to_version: "1.2",
            file_size: 2 * KIB * KIB,
            sha256: sha256Of(bytes[2]),
            download_url: full.download_url,
          },
        ],
      },
    ]);
    for (const step of body.update_info?.plans?.flatMap(({ steps }) => steps) ?? []) {
      expect((await stack.request((step as unknown as Published).download_url)).status).toBe(302);
    }
  });

  test("clients that do not ask are told what they always were", async () => {
    const { software } = await chained();
    const plain = await ask(software, "1.0.0");
    expect(plain.body.update_info).not.toHaveProperty("plans");
    expect((await ask(software, "1.0.0", { plans: "false" })).text).toBe(plain.text);
    const { body } = await ask(software, "1.0.0", { plans: "true" });
    expect(body.update_info).toMatchObject(plain.body.update_info ?? {});
  });

  test("a version that only a chain leads to is offered to those alone who take chains", async () => {
    const { software } = await chained();
    await publish(stack, patchOf(software, "1.4.0", "1.3.0"));
    expect((await ask(software, "1.2.0")).body.latest_version).toBe("1.3.0");
    const { body } = await ask(software, "1.2.0", { plans: "true" });
    expect(body).toMatchObject({ latest_version: "1.4.0", update_info: { update_options: [] } });
    expect(await plansFor(software, "1.2.0")).toEqual(["patch 1.2.0>1.3.0, patch 1.3.0>1.4.0"]);
    expect(await plansFor(software, "0.1.0")).toEqual(["full >1.3.0, patch 1.3.0>1.4.0"]);
  });

  test("a chain is whole or none: what is yanked breaks it, what is not on the client's channel is no link", async () => {
    const { software, patches } = await chained();
    const chain = "patch 1.0.0>1.1.0, patch 1.1.0>1.2.0, patch 1.2.0>1.3.0";
    expect(await plansFor(software, "1.0.0")).toEqual([chain, "full >1.3.0"]);
    const turn = (verb: string) =>
      stack.request(`/api/v1/packages/${patches[1]?.package_id}/${verb}`, {
        method: "POST",
        asPublisher: true,
      });
    await turn("yank");
    expect(await plansFor(software, "1.0.0")).toEqual(["full >1.3.0"]);
    expect(await plansFor(software, "1.2.0")).toEqual(["patch 1.2.0>1.3.0", "full >1.3.0"]);
    await turn("unyank");
    expect(await plansFor(software, "1.0.0")).toEqual([chain, "full >1.3.0"]);
    await publish(stack, { ...patchOf(software, "1.3.0", "1.0.0"), channel: "beta" }, newBytes(10));
    expect(await plansFor(software, "1.0.0")).toEqual([chain, "full >1.3.0"]);
    expect(await plansFor(software, "1.0.0", { channel: "beta" })).toEqual([
      "patch 1.0.0>1.3.0",
      "full >1.3.0",
    ]);
  });

  test("a full package that costs less than every chain is the only plan", async () => {
    const software = newSoftware();
    await publish(stack, patchOf(software, "1.1.0", "1.0.0"), newBytes(KIB));
    await publish(stack, patchOf(software, "1.2.0", "1.1.0"), newBytes(KIB));
    // Two steps cost 512 KiB besides their bytes.
    await publish(stack, { software, version: "1.2.0" }, newBytes(200 * KIB));
    expect(await plansFor(software, "1.0.0")).toEqual(["full >1.2.0"]);
  });

  test("an answer is kept apart from that to the same question without plans, and has a tag of its own", async () => {
    const { software } = await chained();
    for (let round = 0; round < 2; round++) {
      const [plain, planned] = [
        await ask(software, "1.0.0"),
        await ask(software, "1.0.0", { plans: "true" }),
      ];
      expect(plain.body.update_info?.plans).toBeUndefined();
      expect(planned.body.update_info?.plans).toHaveLength(2);
      expect(planned.headers.get("etag")).not.toBe(plain.headers.get("etag"));
      const headers = { "if-none-match": planned.headers.get("etag") ?? "" };
      const path = `/api/v1/version/check?software=${software}&current_version=1.0.0&plans=true`;
      expect((await stack.request(path, { headers })).status).toBe(304);
    }
  });

  test("where there is nothing newer there are none, and what is no answer to plans is refused", async () => {
    const { software } = await chained();
    const { body } = await ask(software, "1.3.0", { plans: "true" });
    expect(body).toEqual({ has_update: false, current_version: "1.3.0", latest_version: "1.3.0" });
    expectProblem(await ask(software, "1.0.0", { plans: "maybe" }), 400, "VALIDATION_ERROR");
  });
});

describe("gates", () => {
  const offered = async (software: string, current: string) =>
    (await ask(software, current)).body.update_info?.version;

  test("are fields of an upload, by form or signed, and stand in the list", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await publish(stack, { software, version: "2.0.0", is_watershed: true });
    await publishSigned(stack, { software, version: "3.0.0", min_update_from: "v2.0" });
    const list = await listed(stack, software);
    expect(
      list.map(({ version, is_watershed, min_update_from }) => [version, is_watershed, min_update_from]),
    ).toEqual([
      ["3.0.0", false, "2.0.0"],
      ["2.0.0", true, null],
      ["1.0.0", false, null],
    ]);
    expect([await offered(software, "1.0.0"), await offered(software, "2.0.0")]).toEqual(["2.0.0", "3.0.0"]);
  });

  test("belong to the version, and are what was said last", async () => {
    const software = newSoftware();
    for (const version of ["1.0.0", "2.0.0"]) await publish(stack, { software, version });
    const more = (platform: string, fields: Partial<PackageFields>) =>
      publish(stack, { software, version: "1.0.0", platform, ...fields });
    await more("linux", { is_watershed: true, min_update_from: "0.5.0" });
    expect([await offered(software, "0.9.0"), await offered(software, "0.1.0")]).toEqual([
      "1.0.0",
      undefined,
    ]);
    await more("macos", {});
    expect(await offered(software, "0.9.0")).toBe("1.0.0");
    await more("android", { is_watershed: false, min_update_from: "0" });
    expect(await offered(software, "0.1.0")).toBe("2.0.0");
  });

  test("that are none are refused: a lowest version that is no version, or not below", async () => {
    const refused = (fields: Record<string, string>) =>
      sendForm(
        stack,
        packageForm({ software: newSoftware(), version: "2.0.0", package_type: "full", ...fields }),
        { asPublisher: true },
      );
    expectProblem(await refused({ min_update_from: "soon" }), 400, "INVALID_VERSION");
    expectProblem(await refused({ min_update_from: "2.0" }), 400, "VALIDATION_ERROR");
    expectProblem(await refused({ is_watershed: "perhaps" }), 400, "VALIDATION_ERROR");
  });
});
