import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bucketKeys, execute } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";
import type { TestStack } from "../support/stack.ts";
import { zip } from "../support/zip.ts";
import { clientKeys, uniqueKey } from "../support/client-keys.ts";
import { archive, newKey, newName, zipOf } from "./archives.ts";
import { asAdmin, expectRefusal, newPlugin, pluginForm, post, publish, sendForm, stack } from "./plugins.ts";

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const whole = () => ({ name: newName(), version: "1.0.0", main: "a.dll", entryClass: "A.B" });
const dll = { "a.dll": Buffer.from("MZ") };

describe("a form", () => {
  test.each([
    ["no key", undefined],
    ["an empty key", ""],
    ["a key with a control character", "a\tb"],
    ["a key that is too long", "a".repeat(257)],
  ])("with %s is refused with 422, before or behind the file", async (_why, key) => {
    const bytes = await archive({ name: newName() });
    expectRefusal(await sendForm(pluginForm(key, bytes)), 422, /plugin_key/);
    const behind = new FormData();
    behind.append("file", new Blob([bytes]), "plugin.zip");
    if (key !== undefined) behind.append("plugin_key", key);
    expectRefusal(await sendForm(behind), 422, /plugin_key/);
  });

  test.each(clientKeys)("with the key %j is taken, and that key alone goes on", async (like) => {
    const [name, key] = [newName(), uniqueKey(like)];
    await publish(key, { name });
    await publish(key, { name, version: "1.1.0" });
    const other = pluginForm(uniqueKey(like), await archive({ name, version: "1.2.0" }));
    expectRefusal(await sendForm(other), 403, /belongs to another/);
  });

  test("without a file is refused with 422", async () => {
    const form = new FormData();
    form.append("plugin_key", newKey());
    expectRefusal(await sendForm(form), 422, /file/);
  });

  test.each(["plugin.7z", "plugin.dll", "plugin", ".zip", "../plugin.zip", "plugin.zip.exe"])(
    "with a file named %s is refused",
    async (fileName) => {
      const bytes = await archive({ name: newName() });
      expectRefusal(await sendForm(pluginForm(newKey(), bytes, fileName)), 400);
    },
  );

  test("with an extension in capitals is taken", async () => {
    const form = pluginForm(newKey(), await archive({ name: newName() }), "PLUGIN.ZIP");
    expect((await sendForm(form)).status).toBe(200);
  });

  test("that is empty, none or cut off is refused", async () => {
    expectRefusal(await sendForm(pluginForm(newKey(), new Uint8Array())), 400, /empty/);
    expectRefusal(await post("upload", { plugin_key: newKey() }), 422);
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nPK';
    expectRefusal(await stack.request("/api/plugins/upload", { method: "POST", headers, body }), 422);
  });

  const archives: [why: string, files: () => Record<string, Buffer>, fault: RegExp][] = [
    ["no plugin.json", () => dll, /plugin\.json/],
    ["plugin.json in a folder", () => ({ "a/plugin.json": json(whole()), ...dll }), /plugin\.json/],
    ["broken JSON", () => ({ "plugin.json": Buffer.from("{"), ...dll }), /./],
    ["a list for a manifest", () => ({ "plugin.json": json([]), ...dll }), /./],
    ["no version", () => ({ "plugin.json": json({ ...whole(), version: undefined }), ...dll }), /version/],
    ["half a version", () => ({ "plugin.json": json({ ...whole(), version: "1.0" }), ...dll }), /version/i],
    ["a name of one word", () => ({ "plugin.json": json({ ...whole(), name: "plugin" }), ...dll }), /name/],
    ["no main file", () => ({ "plugin.json": json(whole()) }), /a\.dll/],
    [
      "a range that is none",
      () => ({ "plugin.json": json({ ...whole(), dependencies: { "com.a.b": "newest" } }), ...dll }),
      /com\.a\.b/,
    ],
  ];
  test.each(archives)("of an archive with %s is refused, and says so", async (_why, files, fault) => {
    expectRefusal(await sendForm(pluginForm(newKey(), await zipOf(files()))), 400, fault);
  });

  test("of a manifest with several faults names them all, in both languages", async () => {
    const manifest = {
      name: "plugin",
      version: "1",
      main: "b.dll",
      author: 7,
      homepage: "ftp://example.com",
      dependencies: { "com.a.b": "newest", x: "1" },
      engines: { "..": "1" },
    };
    const form = async () => pluginForm(newKey(), await zipOf({ "plugin.json": json(manifest), ...dll }));
    const faults = [
      "name plugin",
      "version 1",
      "b.dll",
      "entryClass",
      "author",
      "ftp:",
      "newest",
      "x",
      "\\.\\.",
    ];
    for (const fault of faults) expectRefusal(await sendForm(await form()), 400, new RegExp(fault));
    const told = (await sendForm(await form())).body.message;
    expect(told.split("; ")).toHaveLength(faults.length);
    const chinese = (await sendForm(await form(), stack, { "accept-language": "zh-CN" })).body.message;
    expect(chinese.split("；")).toHaveLength(faults.length);
    expect(chinese).not.toMatch(/[{]\w+[}]/);
  });

  test("as Windows tools pack it is the same plugin", async () => {
    const name = newName();
    const entries = [
      { name: ".\\plugin.json", content: JSON.stringify({ ...whole(), name, main: "bin\\a.dll" }) },
      { name: "bin\\" },
      { name: "bin\\a.dll", content: "MZ" },
    ];
    expect((await sendForm(pluginForm(newKey(), new Uint8Array(zip(entries))))).status).toBe(200);
    const { data } = (await post<{ plugin: { main_dll: string } }>("detail", { name })).body;
    expect(data.plugin.main_dll).toBe("bin/a.dll");
    const climbing = [{ name: "..\\a.dll" }, ...entries];
    expectRefusal(await sendForm(pluginForm(newKey(), new Uint8Array(zip(climbing)))), 400, /\.\.\/a\.dll/);
  });

  test("of something that is no archive is refused in Chinese too", async () => {
    const form = pluginForm(newKey(), new Uint8Array(Buffer.from("not a zip, whatever it is called")));
    expectRefusal(await sendForm(form, stack, { "accept-language": "zh-CN" }), 400, /^文件验证失败：/);
  });
});

describe("JSON", () => {
  const bodies: [why: string, body: unknown][] = [
    ["no name", {}],
    ["a number for a name", { name: 7, version: "1.0.0" }],
    ["an empty name", { name: "", version: "1.0.0" }],
    ["a name without end", { name: "a".repeat(129), version: "1.0.0" }],
    ["half a character", { name: "\ud800", version: "1.0.0" }],
    ["a list", []],
    ["null", null],
  ];
  test.each(bodies)("%s is refused with 422 by every request", async (_why, body) => {
    for (const verb of ["detail", "versions", "download", "version/detail", "version/download"]) {
      expectRefusal(await post(verb, body), 422);
    }
    for (const verb of ["enable", "disable", "deprecate", "delete", "version/deprecate"]) {
      expectRefusal(await asAdmin(verb, body), 422);
    }
  });

  test("without a version is refused where there must be one", async () => {
    const { name } = await newPlugin();
    for (const verb of ["version/detail", "version/download"]) {
      expectRefusal(await post(verb, { name }), 422, /version/);
      expectRefusal(await post(verb, { name, version: 1 }), 422, /version/);
    }
    expectRefusal(await asAdmin("version/deprecate", { name }), 422, /version/);
    expectRefusal(await stack.request(`/api/plugins/version/download?name=${name}`), 422, /version/);
    expectRefusal(await stack.request("/api/plugins/version/download?version=1.0.0"), 422, /name/);
  });

  test("that cannot be read or is too long is refused", async () => {
    const headers = { "content-type": "application/json" };
    const send = (body: string) => stack.request("/api/plugins/detail", { method: "POST", headers, body });
    expectRefusal(await send("{"), 422);
    expectRefusal(await send(JSON.stringify({ name: "com.a.b", more: "x".repeat(300_000) })), 413);
  });

  test("with names that other parsers trip over is not found", async () => {
    for (const name of ["__proto__", "constructor", "' OR 1=1 --", "../../etc", "com.example.\u0000", "%"]) {
      expectRefusal(await post("detail", { name }), 404);
      expectRefusal(await post("version/download", { name, version: "1.0.0" }), 404);
    }
  });

  test("with fields that nobody knows is taken", async () => {
    const { name } = await newPlugin();
    expect((await post("detail", { name, colour: "red" })).status).toBe(200);
  });
});

describe("on a small server", () => {
  const small = ownStack({ MAX_FORM_BYTES: "200000", QUERIES_PER_MINUTE: "12" });
  const open = async (on: TestStack) =>
    execute(on, "SELECT total(reserved_bytes) AS reserved, total(state = 'pending') AS pending FROM uploads");

  test("a file over the limit is 413 and leaves nothing; addresses have a number of uploads", async () => {
    const on = small();
    const large = await archive({ name: newName() }, randomBytes(300_000));
    const form = pluginForm(newKey(), large);
    expectRefusal(await sendForm(form, on), 413, /200000/);
    expect(await open(on)).toEqual([expect.objectContaining({ reserved: 0, pending: 0 })]);
    expect(await bucketKeys(on)).toEqual([]);

    await publish(newKey(), { name: newName() }, on);
    const bad = () => sendForm(pluginForm("no\tkey", new Uint8Array(8)), on);
    const answers = await Promise.all(Array.from({ length: 24 }, bad));
    const refused = answers.find(({ status }) => status === 429);
    if (!refused) throw new Error("nothing was refused");
    expectRefusal(refused, 429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("where an upload secret is set", () => {
  const secret = "秘密 of this server";
  const guarded = ownStack({ PLUGIN_UPLOAD_SECRET: secret });
  const form = async (given?: string) => {
    const filled = pluginForm(newKey(), await archive({ name: newName() }));
    if (given !== undefined) filled.append("upload_secret", given);
    return filled;
  };

  test("forms need it", async () => {
    const on = guarded();
    expectRefusal(await sendForm(await form(), on), 422, /upload_secret/);
    expectRefusal(await sendForm(await form(""), on), 422, /upload_secret/);
    expectRefusal(await sendForm(await form("another"), on), 403, /upload secret is wrong/);
    expect((await sendForm(await form(secret), on)).status).toBe(200);
    expect(JSON.stringify(await on.logs())).not.toContain(secret);
  });

  test("signed uploads need it, and nothing keeps it", async () => {
    const on = guarded();
    const begin = (upload_secret?: unknown) =>
      on.request<{ error_code?: string }>("/api/v1/uploads", {
        json: {
          kind: "plugin",
          filename: "a.zip",
          size: 100,
          sha256: "0".repeat(64),
          plugin: { plugin_key: newKey(), upload_secret },
        },
      });
    expect((await begin()).body.error_code).toBe("MISSING_PARAMETER");
    for (const wrong of ["another", `${secret} `, 7, {}]) {
      const { status, body } = await begin(wrong);
      expect({ status, code: body.error_code }).toEqual({ status: 403, code: "WRONG_UPLOAD_SECRET" });
    }
    expect((await begin(secret)).status).toBe(201);
    expect(JSON.stringify(await execute(on, "SELECT * FROM uploads"))).not.toContain(secret);
  });
});

test("where no upload secret is set, one that is sent does no harm", async () => {
  const form = pluginForm(newKey(), await archive({ name: newName() }));
  form.append("upload_secret", "whatever");
  expect((await sendForm(form)).status).toBe(200);
});
