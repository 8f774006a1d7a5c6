import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backupForm, newUserKey, sendBackup } from "../backups/backups.ts";
import { archive, newKey, newName } from "../plugins/archives.ts";
import { pluginForm, sendForm as sendPlugin } from "../plugins/plugins.ts";
import { newAccount, bearer } from "../support/accounts.ts";
import { ownStack } from "../support/own-stack.ts";
import {
  createUpload,
  expectProblem,
  newBytes,
  newSoftware,
  packageForm,
  sendForm,
  sha256Of,
} from "../support/publish.ts";
import { startTestBucket, type TestBucket } from "../support/bucket.ts";

/** Names that must not be read in any answer to a stranger. */
const BUCKET = "a-bucket-that-nobody-made";
const ACCESS_KEY = "AKNOBODYKNOWSTHIS";

let fake: TestBucket;
const settings: Record<string, string> = {
  S3_REGION: "auto",
  S3_ACCESS_KEY_ID: ACCESS_KEY,
  S3_SECRET_ACCESS_KEY: "a secret that stays one",
  S3_FORCE_PATH_STYLE: "true",
};
beforeAll(async () => {
  fake = await startTestBucket({ bucket: "packages" });
});
afterAll(() => fake.stop());

describe.each([
  ["that does not exist", "missing", BUCKET, "Create the bucket that S3_BUCKET names"],
  ["that refuses the server's key", "refused", "packages", "Correct S3_ACCESS_KEY_ID"],
])("a bucket %s", (_name, state, bucket, advice) => {
  const own = ownStack(withBucket(bucket));

  test("makes deep health 503, in words that tell a stranger nothing", async () => {
    const { status, body, text } = await own().request("/health?deep=1");
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: "unhealthy",
      checks: { database: "ok", bucket: state },
      problems: [{ check: "bucket", state, severity: "error", message: expect.any(String) }],
    });
    expect(text).not.toMatch(new RegExp(`${BUCKET}|${ACCESS_KEY}|127\\.0\\.0\\.1|libsql|sqld`));
    const { body: chinese } = await own().request<{ problems: { message: string }[] }>("/health?deep=1", {
      headers: { "accept-language": "zh-CN" },
    });
    expect(chinese.problems[0]?.message).toContain("存储桶");
    expect((await own().request("/health")).status).toBe(200);
  });

  test("is the operator's to mend on every surface, in its own form, and nothing to come back for", async () => {
    const stack = own();
    const form = packageForm({ software: newSoftware(), version: "1.0.0", package_type: "full" });
    const byForm = await sendForm(stack, form, { asPublisher: true });
    expectProblem(byForm, 500, "STORAGE_MISCONFIGURED");

    const bytes = newBytes(10);
    const large = { kind: "package", filename: "a.zip", size: 200_000_000, sha256: sha256Of(bytes) };
    const json = { ...large, package: { version: "1.0.0", package_type: "full" } };
    const signed = await createUpload(stack, json);
    expectProblem(signed, 500, "STORAGE_MISCONFIGURED");

    const plugin = await archive({ name: newName(), version: "1.0.0" });
    const ofPlugin = await sendPlugin(pluginForm(newKey(), plugin), stack);
    expect([ofPlugin.status, ofPlugin.body]).toEqual([
      500,
      { success: false, message: expect.stringContaining("storage"), data: null },
    ]);
    const ofBackup = await sendBackup(stack, backupForm({ user_key: newUserKey() }));
    expect([ofBackup.status, ofBackup.body]).toEqual([500, ofPlugin.body]);

    const admin = await newAccount(stack, "admin");
    const ofLog = await stack.request("/api/logs/download?log_type=system&date=2026-01-01", {
      headers: bearer(admin.token),
    });
    expect([ofLog.status, ofLog.body]).toEqual([
      500,
      { success: false, message: expect.any(String), error_code: "STORAGE_MISCONFIGURED", details: {} },
    ]);
    for (const answer of [byForm, signed, ofPlugin, ofBackup, ofLog]) {
      expect(answer.headers.get("retry-after")).toBeNull();
      expect(answer.text).not.toMatch(new RegExp(`${BUCKET}|${ACCESS_KEY}|127\\.0\\.0\\.1`));
    }
    const logged = (await stack.logs()).filter(({ code }) => code === "STORAGE_MISCONFIGURED");
    expect(JSON.stringify(logged)).toContain(advice);
  });
});

/** Read when the stack starts: the fake's address is known by then. */
function withBucket(bucket: string): Record<string, string> {
  const properties = {
    S3_ENDPOINT: { enumerable: true, get: () => fake.endpoint },
    // Whoever is not let in is not told what is there.
    ...(bucket === BUCKET && {
      S3_ACCESS_KEY_ID: { enumerable: true, get: () => fake.accessKeyId },
      S3_SECRET_ACCESS_KEY: { enumerable: true, get: () => fake.secretAccessKey },
    }),
  };
  return Object.defineProperties({ ...settings, S3_BUCKET: bucket }, properties);
}
