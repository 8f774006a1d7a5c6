import { describe, expect, test } from "vitest";
import { draftPackage, readPackageFields } from "../../functions/packages/draft-package.ts";

const draft = (fields: Record<string, unknown>) =>
  draftPackage(readPackageFields({ version: "2.2.5", package_type: "full", ...fields }, "en"));

/** The code that refuses these fields. */
function refusal(fields: Record<string, unknown>): unknown {
  try {
    draft(fields);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
}

test("the defaults of what a form leaves out", () => {
  expect(draft({})).toMatchObject({
    software: "omega",
    platform: "windows",
    arch: "x64",
    channel: "stable",
    fromVersion: null,
  });
});

test("an empty form field is one that was not filled in", () => {
  const empty = { description: "", is_stable: "", platform: "", arch: "", from_version: "", software: "" };
  expect(draft(empty)).toEqual(draft({}));
});

describe("channel", () => {
  const rows: [version: string, fields: Record<string, unknown>, channel: string][] = [
    ["2.2.5", {}, "stable"],
    ["2.2.5", { is_stable: "true" }, "stable"],
    ["2.2.5", { is_stable: "True" }, "stable"],
    ["2.2.5", { is_stable: "false" }, "beta"],
    ["2.2.5", { is_stable: false }, "beta"],
    ["2.2.5", { is_stable: "0" }, "beta"],
    ["2.2.5", { channel: "nightly" }, "nightly"],
    ["2.3.0-beta.1", {}, "beta"],
    ["2.3.0-beta.1", { is_stable: "true" }, "beta"],
    ["2.3.0-rc.1", {}, "rc"],
    ["2.3.0-1", {}, "pre"],
  ];
  test.each(rows)("%s with %j is on %s", (version, fields, channel) => {
    expect(draft({ version, ...fields }).channel).toBe(channel);
  });

  test("what is not stable cannot call itself so", () => {
    expect(refusal({ version: "2.3.0-beta.1", channel: "stable" })).toBe("VALIDATION_ERROR");
    expect(refusal({ is_stable: "false", channel: "stable" })).toBe("VALIDATION_ERROR");
  });
});

describe("from_version", () => {
  test("belongs to patches, may belong to hotfixes, means nothing for full packages", () => {
    expect(draft({ package_type: "patch", from_version: "2.2.4" }).fromVersion).toBe("2.2.4");
    expect(draft({ package_type: "hotfix", from_version: "2.2.4" }).fromVersion).toBe("2.2.4");
    expect(draft({ package_type: "hotfix" }).fromVersion).toBeNull();
    expect(draft({ package_type: "full", from_version: "2.2.4" }).fromVersion).toBeNull();
    expect(refusal({ package_type: "patch" })).toBe("MISSING_PARAMETER");
  });

  test("is one version in any spelling", () => {
    for (const from_version of ["2.2", "v2.2.0", "02.2.0.0", " 2.2.0+7 "]) {
      expect(draft({ package_type: "patch", from_version }).fromVersion).toBe("2.2.0");
    }
  });

  test("is a version older than the package's own", () => {
    expect(refusal({ package_type: "patch", from_version: "2.2.x" })).toBe("INVALID_VERSION");
    expect(refusal({ package_type: "patch", from_version: "v2.2.5+7" })).toBe("VALIDATION_ERROR");
    expect(refusal({ package_type: "patch", from_version: "2.2.5" })).toBe("VALIDATION_ERROR");
    expect(refusal({ package_type: "patch", from_version: "2.2.10" })).toBe("VALIDATION_ERROR");
    expect(refusal({ package_type: "hotfix", from_version: "2.2.6" })).toBe("VALIDATION_ERROR");
  });
});

test.each([
  ["2.2", "2.2"],
  ["v2.2.5", "2.2.5"],
  ["1.0.0.5", "1.0.0.5"],
  ["2024.01.15", "2024.01.15"],
  [" V2.3.0+7", "2.3.0+7"],
])("the version %j is named %s", (version, name) => {
  expect(draft({ version }).version).toBe(name);
});

test.each(["2.2.5.1.0", "2.2.", "latest", "../2.2.5", "2.2.x", "2.2.5/.."])("%j is no version", (version) => {
  expect(refusal({ version })).toBe("INVALID_VERSION");
});

test("software names are slugs in lower case", () => {
  expect(draft({ software: "My-Tool_2" }).software).toBe("my-tool_2");
  for (const software of ["a/b", "..", "-a", "a b", "ä", "a".repeat(65)]) {
    expect(refusal({ software })).toBe("VALIDATION_ERROR");
  }
});
