import { expect, test } from "vitest";
import { errands } from "../scripts/stack/errand-process.ts";
import { workerBindings } from "../scripts/stack/settings.ts";
import { settingRows } from "../scripts/tables/settings.ts";

const secret = "made up and long enough for anything";
const secrets = {
  adminPassword: secret,
  apiKey: secret,
  jwtSecret: secret,
  bucketAccessKeyId: secret,
  bucketSecretAccessKey: secret,
  sqldAdminKey: secret,
  sqldPrivateKey: secret,
  sqldPublicKey: secret,
};
const own = { host: "::1", port: 1, url: "http://[::1]:1" };

test("the table of settings names each default that `npm start` replaces", async () => {
  const bound = workerBindings(
    {},
    own,
    secrets,
    { url: "http://127.0.0.1:2", authToken: secret },
    await errands.settings(),
  );
  const isReplaced = (name: string, fallback: string) =>
    bound[name] !== undefined && fallback !== `\`${bound[name]}\``;
  const rows = settingRows();
  const replaced = rows.filter(({ name, fallback }) => isReplaced(name, fallback));
  expect(rows.filter((row) => row.ownMachine !== undefined)).toEqual(replaced);
});

test("every setting has its sentence", () => {
  expect(settingRows().filter(({ meaning }) => meaning === "")).toEqual([]);
});
