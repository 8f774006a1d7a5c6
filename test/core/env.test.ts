import { expect, test } from "vitest";
import { readConfig } from "../../functions/declarations.ts";
import { ConfigError } from "../../functions/core/env.ts";

const required = {
  API_KEY: "publisher-key-of-16",
  JWT_SECRET: "a secret of thirty-two characters",
  LIBSQL_URL: "http://127.0.0.1:8080",
  S3_ENDPOINT: "https://s3.example",
  S3_BUCKET: "packages",
  S3_ACCESS_KEY_ID: "id",
  S3_SECRET_ACCESS_KEY: "secret",
};

function faults(raw: Record<string, unknown>): string {
  try {
    readConfig(raw);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  return "";
}

test("what is not set has its documented default", () => {
  expect(readConfig(required)).toMatchObject({
    STORAGE_QUOTA_BYTES: 42_949_672_960,
    KEEP_FULL: 3,
    KEEP_PATCH: 10,
    KEEP_HOTFIX: 20,
    MAX_FORM_BYTES: 104_857_600,
    MAX_PACKAGE_BYTES: 53_687_091_200,
    UPLOADS_PER_HOUR: 10,
    QUERIES_PER_MINUTE: 100,
    CORS_ORIGINS: [],
    DEFAULT_LOCALE: "en",
  });
});

test("the extensions are those of the update server before, and those that build tools write for updaters", () => {
  const documented = ".zip .7z .tar.gz .tgz .exe .msi .msix .dmg .pkg .deb .rpm .AppImage .nupkg .apk";
  const built = ".app.tar.gz .AppImage.tar.gz .nsis.zip .msi.zip .pacman .flatpak .snap";
  expect(readConfig(required).PACKAGE_EXTENSIONS).toEqual(`${documented} ${built}`.split(" "));
});

test("an empty value is the default, and spaces around a value do not count", () => {
  const config = readConfig({ ...required, KEEP_FULL: "", KEEP_PATCH: "  ", KEEP_HOTFIX: " 5 " });
  expect(config).toMatchObject({ KEEP_FULL: 3, KEEP_PATCH: 10, KEEP_HOTFIX: 5 });
});

test("lists are separated by commas, spaces or both", () => {
  const config = readConfig({ ...required, CORS_ORIGINS: "https://a.example, https://b.example" });
  expect(config.CORS_ORIGINS).toEqual(["https://a.example", "https://b.example"]);
});

test("everything that is missing is named at once", () => {
  const text = faults({});
  for (const name of Object.keys(required)) expect(text).toContain(`${name} is not set`);
  expect(text).not.toContain("\n");
});

const wrong: [name: string, value: string][] = [
  ["API_KEY", "short"],
  ["JWT_SECRET", "too short for a secret"],
  ["LIBSQL_URL", "file:local.db"],
  ["S3_ENDPOINT", "s3.example"],
  ["STORAGE_QUOTA_BYTES", "40G"],
  ["STORAGE_QUOTA_BYTES", "0"],
  ["KEEP_FULL", "0"],
  ["KEEP_PATCH", "-1"],
  ["MAX_FORM_BYTES", "1.5"],
  ["UPLOADS_PER_HOUR", "ten"],
  ["S3_FORCE_PATH_STYLE", "maybe"],
  ["DEFAULT_LOCALE", "fr"],
];

test.each(wrong)("%s=%s is refused by name, without its value", (name, value) => {
  const text = faults({ ...required, [name]: value });
  expect(text).toContain(name);
  if (value.length > 2) expect(text).not.toContain(value);
});
