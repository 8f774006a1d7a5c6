import { describe, expect, test } from "vitest";
import {
  expectProblem,
  fetchBytes,
  listed,
  newBytes,
  newSoftware,
  packageForm,
  publish,
  sendForm,
  sha256Of,
  type Published,
} from "../support/publish.ts";
import { curlForm, powerShellForm, pythonForm, type FormPart, type RawForm } from "../support/raw-form.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const field = (name: string, value: string): FormPart => ({ name, value });
const send = ({ contentType, body }: RawForm, headers: Record<string, string> = {}) =>
  stack.request<Published>("/api/v1/upload/package", {
    method: "POST",
    headers: { "content-type": contentType, ...headers },
    body,
  });

/** The fields of the documented examples, for a title of its own. */
function example(bytes: Uint8Array, more: Record<string, string> = {}) {
  const software = newSoftware();
  const fields = {
    version: "2.2.5",
    package_type: "full",
    description: "full package for version 2.2.5",
    is_stable: "true",
    platform: "windows",
    arch: "x64",
    software,
    api_key: stack.apiKey,
    ...more,
  };
  const file: FormPart = { name: "file", fileName: "update-package.zip", bytes };
  return { software, file, fields: Object.entries(fields).map(([name, value]) => field(name, value)) };
}

describe("the documented clients", () => {
  const clients = { curl: curlForm, "python-requests": pythonForm, PowerShell: powerShellForm };

  test.each(Object.entries(clients))("%s publishes, and the same bytes come back", async (_name, form) => {
    const bytes = newBytes(5000);
    const { software, fields, file } = example(bytes);
    const answer = await send(form([...fields, file]));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({
      message: expect.any(String),
      package_id: expect.any(Number),
      version: "2.2.5",
      package_type: "full",
      file_size: 5000,
      sha256: sha256Of(bytes),
      download_url: `/downloads/full/2.2.5/${software}-v2.2.5-full-windows-x64.zip`,
    });
    expect(Number.isInteger(answer.body.package_id)).toBe(true);
    expect(await fetchBytes(stack, answer.body.download_url)).toEqual(bytes);
  });

  test.each(Object.entries(clients))("%s may send the file before all fields", async (_name, form) => {
    const bytes = newBytes();
    const { fields, file } = example(bytes, { is_critical: "false" });
    const answer = await send(form([file, ...fields.toReversed()]));
    expect(answer.status, answer.text).toBe(200);
    expect(await fetchBytes(stack, answer.body.download_url)).toEqual(bytes);
  });

  test("the fields may stand around the file in any order", async () => {
    const { fields, file } = example(newBytes());
    for (let before = 1; before < fields.length; before++) {
      const version = field("version", `3.${before}.0`);
      const others = fields.filter(({ name }) => name !== "version");
      const order = [...others.slice(0, before), file, ...others.slice(before), version];
      const answer = await send(powerShellForm(order));
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body.version).toBe(`3.${before}.0`);
    }
  });

  test("a field behind the file that changes where the package belongs is heeded", async () => {
    const { software, file, fields } = example(newBytes());
    expect((await send(curlForm([...fields, file]))).status).toBe(200);
    const others = fields.filter(({ name }) => name !== "platform");
    const answer = await send(powerShellForm([...others, file, field("platform", "linux")]));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.download_url).toBe(`/downloads/full/2.2.5/${software}-v2.2.5-full-linux-x64.zip`);
  });

  test("a field given twice counts as it was given last, on either side of the file", async () => {
    const { file, fields } = example(newBytes());
    const again = [...fields, file, field("version", "7.0.0")];
    const answer = await send(curlForm(again));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.version).toBe("7.0.0");
  });
});

describe("names and URLs", () => {
  test("a patch", async () => {
    const software = newSoftware();
    const patch = { software, version: "2.2.6", package_type: "patch", from_version: "2.2.5" } as const;
    expect((await publish(stack, patch)).download_url).toBe(
      `/downloads/patches/2.2.6/${software}-v2.2.5-to-v2.2.6-patch-windows-x64.zip`,
    );
  });

  test("a hotfix carries its moment", async () => {
    const software = newSoftware();
    const { download_url } = await publish(stack, { software, version: "2.2.6", package_type: "hotfix" });
    expect(download_url).toMatch(
      new RegExp(`^/downloads/hotfixes/2\\.2\\.6/${software}-v2\\.2\\.6-hotfix-20\\d{12}-windows-x64\\.zip$`),
    );
  });

  test("hotfixes of one version may be published several times, even within a second", async () => {
    const software = newSoftware();
    const hotfix = { software, version: "2.2.6", package_type: "hotfix" } as const;
    for (let count = 0; count < 3; count++) await publish(stack, hotfix);
    expect(new Set((await listed(stack, software)).map((item) => item.package_name)).size).toBe(3);
  });

  test("platform, arch and the whole extension are in the name", async () => {
    const software = newSoftware();
    const fields = { software, version: "1.0.0", package_type: "full", platform: "linux", arch: "arm64" };
    const form = packageForm(fields, newBytes(), "Build 2 (final).TAR.GZ");
    const { body } = await sendForm(stack, form, { asPublisher: true });
    expect(body.download_url).toBe(`/downloads/full/1.0.0/${software}-v1.0.0-full-linux-arm64.tar.gz`);
  });

  test("without software it is omega", async () => {
    const { body } = await sendForm(
      stack,
      packageForm({ version: `9.${Date.now()}.0`, package_type: "full", platform: "macos" }),
      { asPublisher: true },
    );
    expect(body.download_url).toMatch(/\/omega-v9\.\d+\.0-full-macos-x64\.zip$/);
  });
});

describe("the key", () => {
  const places: [place: string, options: (key: string) => { query?: string; headers?: object }][] = [
    ["X-API-Key", (key) => ({ headers: { "x-api-key": key } })],
    ["Authorization: Bearer", (key) => ({ headers: { authorization: `Bearer ${key}` } })],
    ["the query", (key) => ({ query: `?api_key=${encodeURIComponent(key)}` })],
  ];

  test.each(places)("is taken from %s", async (_place, options) => {
    const form = () => packageForm({ software: newSoftware(), version: "1.0.0", package_type: "full" });
    const request = ({ query = "", headers = {} }: { query?: string; headers?: object }) =>
      stack.request(`/api/v1/upload/package${query}`, {
        method: "POST",
        body: form(),
        headers: { ...headers },
      });
    expect((await request(options(stack.apiKey))).status).toBe(200);
    expectProblem(await request(options("a-key-that-is-wrong")), 401, "INVALID_API_KEY");
  });

  test("is taken from the form, and is refused there as documented", async () => {
    const fields = { software: newSoftware(), version: "1.0.0", package_type: "full" };
    const right = packageForm({ ...fields, api_key: stack.apiKey });
    expect((await sendForm(stack, right)).status).toBe(200);
    const chinese = { headers: { "accept-language": "zh-CN" } };
    const wrong = await sendForm(stack, packageForm({ ...fields, api_key: "wrong" }), chinese);
    expectProblem(wrong, 401, "INVALID_API_KEY");
    expect(wrong.body).toMatchObject({ detail: "无效的API密钥" });
    expect(wrong.headers.get("www-authenticate") ?? "").toMatch(/^Bearer\b/);
  });

  test("cannot be left out, wherever the file stands", async () => {
    const software = newSoftware();
    const all = example(newBytes(), { software });
    const fields = all.fields.filter(({ name }) => name !== "api_key");
    expectProblem(await send(curlForm([...fields, all.file])), 401, "INVALID_API_KEY");
    expectProblem(await send(curlForm([all.file, ...fields])), 401, "INVALID_API_KEY");
    expectProblem(await send(curlForm([all.file])), 401, "INVALID_API_KEY");
    const [first, ...others] = fields;
    if (first) expectProblem(await send(curlForm([first, all.file, ...others])), 401, "INVALID_API_KEY");
    expect(await listed(stack, software)).toEqual([]);
  });

  test("that is wrong and comes behind the file is refused as well", async () => {
    const software = newSoftware();
    const { fields, file } = example(newBytes(), { software, api_key: "wrong" });
    expectProblem(await send(powerShellForm([file, ...fields])), 401, "INVALID_API_KEY");
    expect(await listed(stack, software)).toEqual([]);
  });
});

describe("a taken place", () => {
  test("is refused, and what is there stays as it is", async () => {
    const software = newSoftware();
    const bytes = newBytes();
    const first = await publish(stack, { software, version: "1.0.0" }, bytes);
    const form = packageForm({ software, version: "1.0.0", package_type: "full" });
    expectProblem(await sendForm(stack, form, { asPublisher: true }), 409, "PACKAGE_EXISTS");
    const { file, fields } = example(newBytes(), { software, version: "1.0.0" });
    expectProblem(await send(powerShellForm([file, ...fields])), 409, "PACKAGE_EXISTS");
    expect(await fetchBytes(stack, first.download_url)).toEqual(bytes);
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("is one per type, from_version, platform and arch", async () => {
    const software = newSoftware();
    const patch = { software, version: "2.0.0", package_type: "patch" } as const;
    await publish(stack, { software, version: "2.0.0" });
    await publish(stack, { software, version: "2.0.0", arch: "x86" });
    await publish(stack, { ...patch, from_version: "1.0.0" });
    await publish(stack, { ...patch, from_version: "1.1.0" });
    const again = packageForm({ ...patch, from_version: "1.1.0" });
    expectProblem(await sendForm(stack, again, { asPublisher: true }), 409, "PACKAGE_EXISTS");
  });

  test("two forms at once: one wins", async () => {
    const software = newSoftware();
    const attempt = () =>
      sendForm(stack, packageForm({ software, version: "1.0.0", package_type: "full" }), {
        asPublisher: true,
      });
    const answers = await Promise.all([attempt(), attempt(), attempt()]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(await listed(stack, software)).toHaveLength(1);
  });

  test("is free again when its package was deleted", async () => {
    const software = newSoftware();
    const first = await publish(stack, { software, version: "1.0.0" });
    await fetchBytes(stack, first.download_url);
    const path = `/api/v1/packages/${first.package_id}`;
    expect((await stack.request(path, { method: "DELETE", asPublisher: true })).status).toBe(204);
    const bytes = newBytes();
    const second = await publish(stack, { software, version: "1.0.0" }, bytes);
    expect(second.package_id).toBeGreaterThan(first.package_id);
    expect(await fetchBytes(stack, second.download_url)).toEqual(bytes);
  });
});

test("messages are in the language that was asked for", async () => {
  const upload = (language: string) =>
    sendForm(stack, packageForm({ software: newSoftware(), version: "1.0.0", package_type: "full" }), {
      asPublisher: true,
      headers: { "accept-language": language },
    });
  expect((await upload("zh-CN,zh;q=0.9")).body.message).toBe("包上传成功");
  expect((await upload("en")).body.message).toBe("Package uploaded");
});

test("unknown fields are ignored", async () => {
  const fields = { software: newSoftware(), version: "1.0.0", package_type: "full" };
  const form = packageForm({ ...fields, colour: "blue", package_id: "7" });
  expect((await sendForm(stack, form, { asPublisher: true })).status).toBe(200);
});

test("a form of some megabytes goes by parts and comes back whole", async () => {
  const software = newSoftware();
  for (const [patch, size] of [8 * 1024 * 1024, 17 * 1024 * 1024 + 3].entries()) {
    const bytes = newBytes(size);
    const answer = await publish(stack, { software, version: `1.0.${patch}` }, bytes);
    expect(answer).toMatchObject({ file_size: size, sha256: sha256Of(bytes) });
    expect(sha256Of(await fetchBytes(stack, answer.download_url))).toBe(answer.sha256);
  }
});
