import { describe, expect, test } from "vitest";
import { execute } from "../support/behind.ts";
import { checkPath } from "../support/private-software.ts";
import {
  createUpload,
  expectProblem,
  newBytes,
  newSoftware,
  packageForm,
  publish,
  publishSigned,
  sendForm,
  uploadBody,
  type PackageFields,
} from "../support/publish.ts";
import { release, sendDraft } from "../support/releases.ts";
import { devicesOf } from "../support/rollouts.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const plan = { steps: [{ percent: 20 }, { percent: 100 }] };

const sendPackage = (fields: Record<string, string>) =>
  sendForm(stack, packageForm({ package_type: "full", ...fields }), { asPublisher: true });

async function rolloutsOf(software: string) {
  const path = `/api/v1/rollouts?software=${software}`;
  const { body } = await stack.request<{ items: { id: string; channel: string; version: string }[] }>(path, {
    asPublisher: true,
  });
  return body.items;
}

const latest = async (software: string, more: Record<string, string> = {}) =>
  (
    await stack.request<{ latest_version: string }>(
      checkPath(software, { current_version: "0.1.0", ...more }),
    )
  ).body.latest_version;

/** Expects a version to be rolled out as planned: nobody outside the share is told of it. */
async function expectRolledOut(software: string, version: string, before: string) {
  const [rollout] = await rolloutsOf(software);
  expect(rollout).toMatchObject({ version, ...plan, percent: 20, state: "active" });
  expect(await latest(software)).toBe(before);
  for (const { device, isIn } of await devicesOf(stack, rollout?.id ?? "", 20)) {
    expect(await latest(software, { device_id: device })).toBe(isIn ? version : before);
  }
}

describe("`rollout` with a package", () => {
  test("of a form begins with the version, and its further packages may repeat it or leave it away", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    const fields = { software, version: "2.0.0", rollout: JSON.stringify(plan) };
    expect((await sendPackage(fields)).status).toBe(200);
    await expectRolledOut(software, "2.0.0", "1.0.0");
    expect((await sendPackage({ ...fields, arch: "arm64" })).status).toBe(200);
    await publish(stack, { software, version: "2.0.0", platform: "linux" });
    expect(await rolloutsOf(software)).toHaveLength(1);
    expect(await latest(software, { platform: "linux" })).toBe("0.1.0");
    const audits = "SELECT actor, detail FROM audit WHERE action = 'rollout.start' AND target = ?";
    const rows = await execute(stack, audits, [`${software} 2.0.0`]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.actor).toMatch(/^key:/);
  });

  test("of a signed upload does the same", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await publishSigned(stack, { software, version: "2.0.0", rollout: plan } as PackageFields);
    await expectRolledOut(software, "2.0.0", "1.0.0");
  });

  test("is refused where the version has another one, or is out already, before a byte is sent", async () => {
    const software = newSoftware();
    await publishSigned(stack, { software, version: "2.0.0", rollout: plan } as PackageFields);
    await publish(stack, { software, version: "1.0.0" });
    const begin = (version: string, rollout: unknown) =>
      createUpload(
        stack,
        uploadBody(newBytes(), { software, version, arch: "arm64", rollout } as PackageFields),
      );
    expectProblem(await begin("2.0.0", { steps: [{ percent: 30 }] }), 409, "ROLLOUT_DIFFERS");
    expectProblem(await begin("2.0.0", { ...plan, policy: { min_reports: 1 } }), 409, "ROLLOUT_DIFFERS");
    expectProblem(await begin("1.0.0", plan), 409, "ROLLOUT_LATE");
    expect((await begin("2.0.0", plan)).status).toBe(201);
    const other = { software, version: "2.0.0", arch: "x86", rollout: '{"steps":[{"percent":30}]}' };
    expectProblem(await sendPackage(other), 409, "ROLLOUT_DIFFERS");
    expectProblem(await sendPackage({ ...other, version: "1.0.0" }), 409, "ROLLOUT_LATE");
  });

  test.each([
    "{",
    "5",
    "[]",
    "{}",
    '{"steps":[]}',
    '{"steps":[{"percent":101}]}',
    '{"steps":[{"percent":5},{"percent":4}]}',
  ])("that is no plan is refused: %s", async (rollout) => {
    const answer = await sendPackage({ software: newSoftware(), version: "1.0.0", rollout });
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(/rollout/)]);
  });

  test("of a draft waits with it", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await sendDraft(stack, { software, version: "2.0.0", rollout: plan });
    await sendDraft(stack, { software, version: "2.0.0", arch: "arm64" });
    expect(await rolloutsOf(software)).toEqual([]);
    expect((await release(stack, software, "2.0.0", "/publish", {})).status).toBe(200);
    await expectRolledOut(software, "2.0.0", "1.0.0");
  });
});

describe("a release that is published with `rollout`", () => {
  test("is rolled out from its first moment, on each channel of its packages", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await sendDraft(stack, { software, version: "2.0.0" });
    await sendDraft(stack, { software, version: "2.0.0", arch: "arm64", channel: "beta" });
    const published = await release(stack, software, "2.0.0", "/publish", { rollout: plan });
    expect(published.status, JSON.stringify(published.body)).toBe(200);
    const rollouts = await rolloutsOf(software);
    expect(rollouts.map(({ channel }) => channel).toSorted()).toEqual(["beta", "stable"]);
    expect(await latest(software)).toBe("1.0.0");
  });

  test("is refused where a part of it is out for everybody, and where its plan is none", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    await sendDraft(stack, { software, version: "1.0.0", arch: "arm64" });
    const send = (rollout: unknown) => release(stack, software, "1.0.0", "/publish", { rollout });
    expectProblem(await send(plan), 409, "ROLLOUT_LATE");
    expectProblem(await send({ steps: [{ percent: 0 }] }), 400, "VALIDATION_ERROR");
    expect(await rolloutsOf(software)).toEqual([]);
    expect((await release(stack, software, "1.0.0", "/publish", {})).status).toBe(200);
  });
});
