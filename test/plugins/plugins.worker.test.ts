import { expect, test } from "vitest";
import { sha256Of } from "../support/publish.ts";
import { archive, newKey, newName } from "./archives.ts";
import {
  asAdmin,
  chinese,
  dataOf,
  expectRefusal,
  moment,
  newPlugin,
  pluginForm,
  post,
  publish,
  sendForm,
  stack,
  type Plugin,
  type Result,
} from "./plugins.ts";

const answered = (message: string, data: unknown) => ({
  status: 200,
  body: { success: true, message, data },
});
const seen = ({ status, body }: { status: number; body: unknown }) => ({ status, body });

const documented = {
  version: "1.0.0",
  main: "MyPlugin.dll",
  entryClass: "MyPlugin.PluginEntry",
  displayName: "我的插件",
  description: "这是一个示例插件",
  author: "开发者姓名",
  license: "MIT",
  homepage: "https://example.com/myplugin",
  changelog: "修复了一些bug，添加了新功能",
  dependencies: { "com.other.plugin": ">=1.0.0", "com.utils.library": "^0.5.0" },
  engines: { MicroDock: ">=2.0.0", ".NET": ">=6.0.0" },
};

const pluginOf = (name: string) => ({
  name,
  display_name: "我的插件",
  description: "这是一个示例插件",
  author: "开发者姓名",
  license: "MIT",
  homepage: "https://example.com/myplugin",
  main_dll: "MyPlugin.dll",
  entry_class: "MyPlugin.PluginEntry",
  current_version: "1.0.0",
  is_enabled: true,
  is_deprecated: false,
  created_at: moment,
  updated_at: moment,
  total_download_count: 0,
});

test("the examples of chapters 4.2 and 4.3", async () => {
  const [name, key] = [newName(), newKey()];
  const bytes = await archive({ ...documented, name });
  const plugin = pluginOf(name);
  const fileName = `${name}@1.0.0.zip`;
  const version = {
    plugin_name: name,
    version: "1.0.0",
    file_name: fileName,
    file_path: expect.stringMatching(
      new RegExp(`^objects/${sha256Of(bytes)}/upl_[0-9a-z]{26}/${fileName.replaceAll(".", "[.]")}$`),
    ),
    file_size: bytes.length,
    file_hash: sha256Of(bytes),
    changelog: documented.changelog,
    dependencies: documented.dependencies,
    engines: documented.engines,
    is_deprecated: false,
    download_count: 0,
    created_at: moment,
  };
  const ask = (verb: string, json: unknown) => post(verb, json, { headers: chinese });

  const uploaded = await sendForm(pluginForm(key, bytes), stack, chinese);
  expect(seen(uploaded)).toEqual(answered("插件上传成功", plugin));
  const list = await stack.request<Result<Plugin[]>>("/api/plugins/list", { headers: chinese });
  expect(list.body.message).toBe("插件列表获取成功");
  expect(dataOf(list).find((one) => one.name === name)).toEqual(plugin);

  const one = { name, version: "1.0.0" };
  expect(seen(await ask("detail", { name }))).toEqual(
    answered("插件详情获取成功", { plugin, versions: [version] }),
  );
  expect(seen(await ask("versions", { name }))).toEqual(answered("版本列表获取成功", [version]));
  expect(seen(await ask("version/detail", one))).toEqual(answered("版本详情获取成功", version));

  const changes: [verb: string, message: string, json: object, data: unknown][] = [
    ["disable", "插件禁用成功", { name }, { ...plugin, is_enabled: false }],
    ["enable", "插件启用成功", { name }, plugin],
    ["deprecate", "插件标记过时成功", { name }, { ...plugin, is_deprecated: true }],
    ["version/deprecate", "版本标记过时成功", one, { ...version, is_deprecated: true }],
    ["delete", "插件删除成功", { name }, null],
  ];
  for (const [verb, message, json, data] of changes) {
    expect(seen(await asAdmin(verb, json, chinese)), verb).toEqual(answered(message, data));
  }
  expectRefusal(await ask("detail", { name }), 404, /^插件不存在$/);
});

test("English is the language of whoever asks for none", async () => {
  const { name } = await newPlugin();
  expect((await post("detail", { name })).body.message).toBe("The plugin and its versions");
});

test("what a manifest leaves out is empty, and its name stands for the display name", async () => {
  const name = newName();
  const plugin = await publish(newKey(), { name });
  expect(plugin).toMatchObject({
    display_name: name,
    description: "",
    author: "",
    license: "",
    homepage: "",
  });
  const { data } = (await post("version/detail", { name, version: "1.0.0" })).body;
  expect(data).toMatchObject({ changelog: "", dependencies: {}, engines: {} });
});

test("a version is found in any spelling", async () => {
  const { name } = await newPlugin();
  for (const version of ["1.0.0", "1.0", "v1.0.0", "1.0.0 ", "1.0.0.0", "1.0.0+7"]) {
    const { status, body } = await post("version/detail", { name, version });
    expect({ status, version: (body as { data: { version: string } }).data.version }).toEqual({
      status: 200,
      version: "1.0.0",
    });
  }
});

test("what is not there is not found, by any request", async () => {
  const { name } = await newPlugin();
  const nowhere = { name: newName(), version: "1.0.0" };
  const other = { name, version: "9.9.9" };
  for (const verb of ["detail", "versions", "download", "version/detail", "version/download"]) {
    expectRefusal(await post(verb, nowhere), 404, /There is no such plugin/);
  }
  for (const verb of ["enable", "disable", "deprecate", "delete", "version/deprecate"]) {
    expectRefusal(await asAdmin(verb, nowhere), 404, /There is no such plugin/);
  }
  for (const version of ["9.9.9", "latest", "1.0.0.1", "v1.0.1", "1.x"]) {
    for (const verb of ["version/detail", "version/download"]) {
      expectRefusal(await post(verb, { name, version }), 404, /This plugin has no such version/);
    }
  }
  expectRefusal(await asAdmin("version/deprecate", other), 404, /This plugin has no such version/);
  expectRefusal(await post("detail", { name: name.toUpperCase() }), 404);
});

test("only GET and POST are answered", async () => {
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    const { status } = await stack.request("/api/plugins/list", { method });
    expect(status, method).toBe(405);
  }
});
