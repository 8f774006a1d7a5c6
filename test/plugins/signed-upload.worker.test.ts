import { describe, expect, test } from "vitest";
import {
  complete,
  expectProblem,
  ofUpload,
  putAll,
  sha256Of,
  type CreatedUpload,
} from "../support/publish.ts";
import { archive, newKey, newName, zipOf } from "./archives.ts";
import { beginSigned, currentVersion, detail, moment, newPlugin, post, stack } from "./plugins.ts";

const declared = (bytes: Uint8Array, plugin: Record<string, unknown>, more = {}) => ({
  filename: "plugin.zip",
  size: bytes.length,
  sha256: sha256Of(bytes),
  plugin,
  ...more,
});

/** A signed upload whose bytes are in the bucket. */
async function sent(bytes: Uint8Array<ArrayBuffer>, plugin: Record<string, unknown>): Promise<CreatedUpload> {
  const begun = await beginSigned(declared(bytes, plugin));
  expect(begun.status, begun.text).toBe(201);
  await putAll(begun.body, bytes);
  return begun.body;
}

test("the signed road publishes what the archive says, and answers as the form does", async () => {
  const [name, key] = [newName(), newKey()];
  const bytes = await archive({ name, version: "1.2.0", displayName: "Signed" });
  const upload = await sent(bytes, { plugin_key: key });
  const answer = await complete(stack, upload);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.result).toEqual({
    name,
    display_name: "Signed",
    description: "",
    author: "",
    license: "",
    homepage: "",
    main_dll: "MyPlugin.dll",
    entry_class: "MyPlugin.PluginEntry",
    current_version: "1.2.0",
    is_enabled: true,
    is_deprecated: false,
    created_at: moment,
    updated_at: moment,
    total_download_count: 0,
  });
  expect((await complete(stack, upload)).body).toEqual(answer.body);
  expect((await ofUpload(stack, upload)).body).toMatchObject({ state: "ready" });
  const { headers } = await post("download", { name });
  const file = await fetch(new URL(headers.get("location") ?? "", stack.url));
  expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${name}@1.2.0.zip"`);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
});

test("an archive that is no plugin is rejected, and the upload goes on saying why", async () => {
  const bytes = await zipOf({ "readme.txt": Buffer.from("no plugin") });
  const upload = await sent(bytes, { plugin_key: newKey() });
  expectProblem(await complete(stack, upload), 400, "INVALID_PLUGIN");
  const status = await ofUpload<Record<string, unknown>>(stack, upload);
  expect(status.body).toMatchObject({
    state: "rejected",
    error: "INVALID_PLUGIN",
    message: expect.stringMatching(/plugin\.json/),
  });
  expect(status.body).not.toHaveProperty("result");
});

describe("what is announced", () => {
  test("is refused before a byte is sent where it cannot be taken", async () => {
    const { name, key } = await newPlugin(["1.0.0"]);
    const bytes = await archive({ name });
    const begin = (plugin: Record<string, unknown>, more = {}) => beginSigned(declared(bytes, plugin, more));
    const foreign = { plugin_key: newKey(), name };
    expectProblem(await begin(foreign), 403, "WRONG_PLUGIN_KEY");
    expectProblem(await begin({ plugin_key: key, name, version: "1.0.0" }), 409, "PLUGIN_VERSION_EXISTS");
    expectProblem(await begin({ plugin_key: key, name, version: "1.0.0+5" }), 409, "PLUGIN_VERSION_EXISTS");
    expectProblem(await begin({ plugin_key: key, name: name.toUpperCase() }), 409, "PLUGIN_EXISTS");
    expectProblem(await begin({ plugin_key: key, name, version: "1.x" }), 400, "INVALID_VERSION");
    expectProblem(await begin({}), 400, "MISSING_PARAMETER");
    expectProblem(await begin({ plugin_key: "a\tb" }), 400, "VALIDATION_ERROR");
    expectProblem(await begin({ plugin_key: 7 }), 400, "VALIDATION_ERROR");
    for (const wrong of ["plugin", "com.\ud800"]) {
      expectProblem(await begin({ plugin_key: key, name: wrong }), 400, "VALIDATION_ERROR");
    }
    expectProblem(await begin({ plugin_key: key }, { filename: "plugin.7z" }), 400, "UNSUPPORTED_FILE_TYPE");
    expectProblem(await begin({ plugin_key: key }, { size: 2 ** 31 }), 413, "FILE_TOO_LARGE");
    expect((await begin({ plugin_key: key, name, version: "1.1.0" })).status).toBe(201);
  });

  test.each([
    ["name", { name: "com.example.another" }],
    ["version", { version: "1.0.1" }],
  ])("with another %s than the archive's is rejected", async (_what, announced) => {
    const [name, key] = [newName(), newKey()];
    const upload = await sent(await archive({ name }), { plugin_key: key, name, ...announced });
    const answer = await complete(stack, upload);
    expectProblem(answer, 400, "INVALID_PLUGIN");
    expect(answer.text).toContain(`${name}@1.0.0`);
    expect((await post("detail", { name })).status).toBe(404);
  });
});

test("what was taken while the bytes were under way is refused when they are complete", async () => {
  const [name, key] = [newName(), newKey()];
  const late = await sent(await archive({ name }), { plugin_key: key, name, version: "1.0.0" });
  const foreign = await sent(await archive({ name, version: "3.0.0" }), { plugin_key: newKey() });
  const first = await sent(await archive({ name }), { plugin_key: key });
  expect((await complete(stack, first)).status).toBe(200);
  expectProblem(await complete(stack, late), 409, "PLUGIN_VERSION_EXISTS");
  expectProblem(await complete(stack, foreign), 403, "WRONG_PLUGIN_KEY");
  expect(await currentVersion(name)).toBe("1.0.0");
  expect((await detail(name)).versions).toHaveLength(1);
});
