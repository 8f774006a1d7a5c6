import { describe, expect, test } from "vitest";
import { execute } from "../support/behind.ts";
import { curlForm } from "../support/raw-form.ts";
import { archive, newKey, newName } from "./archives.ts";
import {
  asAdmin,
  dataOf,
  detail,
  expectRefusal,
  newPlugin,
  pluginForm,
  post,
  publish,
  sendForm,
  stack,
  type Plugin,
} from "./plugins.ts";

const CLIENTS = 20;

const send = async (key: string, name: string, version = "1.0.0") =>
  sendForm(pluginForm(key, await archive({ name, version })));

describe("a plugin belongs to the key of its first upload", () => {
  test("which alone adds versions", async () => {
    const { name, key } = await newPlugin(["1.0.0"]);
    expectRefusal(await send(newKey(), name, "1.1.0"), 403, /belongs to another/);
    expectRefusal(await send(key.toUpperCase(), name, "1.1.0"), 403);
    expect((await publish(key, { name, version: "1.1.0" })).current_version).toBe("1.1.0");
    expect((await detail(name)).versions).toHaveLength(2);
  });

  test("whose versions stay what they are", async () => {
    const { name, key } = await newPlugin(["1.0.0"]);
    const [before] = (await detail(name)).versions;
    expectRefusal(await send(key, name), 409, /already/);
    expect((await detail(name)).versions).toEqual([before]);
  });

  test("and no other plugin takes its name in another case", async () => {
    const { name, key } = await newPlugin(["1.0.0"]);
    expectRefusal(
      await send(key, name.replace("com.example.", "Com.Example.")),
      409,
      /other upper and lower case letters/,
    );
  });

  test("which is never kept or shown as it is", async () => {
    const { name, key } = await newPlugin(["1.0.0"]);
    const shown = [
      (await stack.request("/api/plugins/list")).text,
      (await post("detail", { name })).text,
      JSON.stringify(await execute(stack, "SELECT * FROM plugins WHERE name = ?", [name])),
      JSON.stringify(await execute(stack, "SELECT * FROM uploads WHERE kind = 'plugin'")),
      JSON.stringify(await execute(stack, "SELECT * FROM audit WHERE action LIKE 'plugin.%'")),
      JSON.stringify(await stack.logs()),
    ];
    for (const text of shown) expect(text).not.toContain(key);
  });

  test("also where the key comes behind the file", async () => {
    const [name, key] = [newName(), newKey()];
    const bytes = await archive({ name });
    const { contentType, body } = curlForm([
      { name: "file", fileName: "plugin.zip", bytes },
      { name: "plugin_key", value: key },
    ]);
    const headers = { "content-type": contentType };
    const answer = await stack.request("/api/plugins/upload", { method: "POST", headers, body });
    expect(answer.status, answer.text).toBe(200);
    expectRefusal(await send(newKey(), name, "1.1.0"), 403);
    await publish(key, { name, version: "1.1.0" });
  });
});

describe("at the same moment", () => {
  test("of first uploads of one name with different keys one wins, and its key owns the plugin", async () => {
    const name = newName();
    const keys = Array.from({ length: CLIENTS }, newKey);
    const answers = await Promise.all(keys.map((key) => send(key, name)));
    const winners = keys.filter((_, index) => answers[index]?.status === 200);
    expect(winners).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefusal(answer, 403);
    expect((await detail(name)).versions).toHaveLength(1);
    await publish(winners[0] ?? "", { name, version: "1.1.0" });
  });

  test("of uploads of one version one wins", async () => {
    const { name, key } = await newPlugin(["0.1.0"]);
    const answers = await Promise.all(Array.from({ length: CLIENTS }, () => send(key, name)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefusal(answer, 409);
    expect((await detail(name)).versions).toHaveLength(2);
  });

  test("names that differ in case alone have one winner", async () => {
    const [name, key] = [newName(), newKey()];
    const names = Array.from({ length: 6 }, (_, index) => (index % 2 ? name : name.replace("com", "Com")));
    const answers = await Promise.all(names.map((one, index) => send(key, one, `1.0.${index}`)));
    const taken = new Set(names.filter((_, index) => answers[index]?.status === 200));
    expect(taken.size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefusal(answer, 409);
  });
});

describe("a deleted plugin", () => {
  test("is gone from every answer at once, downloads included", async () => {
    const { name } = await newPlugin(["1.0.0"]);
    expect((await post("download", { name })).status).toBe(303);
    await asAdmin("delete", { name });
    const all = dataOf(
      await stack.request<{ success: true; message: string; data: Plugin[] }>("/api/plugins/list"),
    );
    expect(all.map((plugin) => plugin.name)).not.toContain(name);
    const one = { name, version: "1.0.0" };
    for (const verb of ["detail", "versions", "download", "version/detail", "version/download"]) {
      expectRefusal(await post(verb, one), 404);
    }
  });

  test("leaves its name to any key, and its bytes may come again", async () => {
    const [name, key, other] = [newName(), newKey(), newKey()];
    const bytes = await archive({ name });
    for (const owner of [key, key, other]) {
      const plugin = dataOf(await sendForm(pluginForm(owner, bytes)));
      expect(plugin.total_download_count).toBe(0);
      const { headers } = await post("download", { name });
      const file = await fetch(new URL(headers.get("location") ?? "", stack.url));
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
      await asAdmin("delete", { name });
    }
    await publish(key, { name });
    expectRefusal(await send(other, name, "1.1.0"), 403);
  });

  test("leaves an entry in the audit, as every change does", async () => {
    const { name } = await newPlugin(["1.0.0"]);
    for (const verb of ["disable", "disable", "enable", "deprecate"]) await asAdmin(verb, { name });
    await asAdmin("version/deprecate", { name, version: "1.0.0" });
    await asAdmin("delete", { name });
    await asAdmin("delete", { name });
    const rows = await execute(stack, "SELECT action FROM audit WHERE target IN (?, ?) ORDER BY id", [
      name,
      `${name}@1.0.0.zip`,
    ]);
    expect(rows.map(({ action }) => action)).toEqual([
      "plugin.publish",
      "plugin.disable",
      "plugin.enable",
      "plugin.deprecate",
      "plugin.version.deprecate",
      "plugin.delete",
    ]);
  });
});
