import { describe, expect, test, vi } from "vitest";
import { sha256Of } from "../support/publish.ts";
import { archive, newKey, newName } from "./archives.ts";
import { asAdmin, detail, expectRefusal, newPlugin, pluginForm, post, sendForm, stack } from "./plugins.ts";

const linkOf = (name: string, version: string) =>
  `/api/plugins/version/download?${new URLSearchParams({ name, version })}`;

async function published() {
  const [name, key] = [newName(), newKey()];
  const bytes = await archive({ name });
  expect((await sendForm(pluginForm(key, bytes))).status).toBe(200);
  return { name, key, bytes };
}

describe("a download", () => {
  test("by POST ends with the file, under its documented name", async () => {
    const { name, bytes } = await published();
    const requests: [verb: string, json: object][] = [
      ["download", { name }],
      ["version/download", { name, version: "1.0.0" }],
    ];
    for (const [verb, json] of requests) {
      const redirect = await post(verb, json);
      expect(redirect.status, redirect.text).toBe(303);
      expect(redirect.headers.get("cache-control")).toBe("no-store");
      const followed = await fetch(new URL(`/api/plugins/${verb}`, stack.url), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(json),
      });
      expect(followed.status).toBe(200);
      expect(followed.headers.get("content-disposition")).toBe(`attachment; filename="${name}@1.0.0.zip"`);
      expect(followed.headers.get("content-length")).toBe(String(bytes.length));
      expect(new Uint8Array(await followed.arrayBuffer())).toEqual(bytes);
    }
  });

  test("reaches clients that keep their token along the redirect", async () => {
    const { name, bytes } = await published();
    const { headers: found } = await post("download", { name });
    const location = new URL(found.get("location") ?? "", stack.url);
    // What python-requests and browsers send on when the bucket is on the server's own origin, as it is here.
    const headers = { authorization: "Bearer a.b.c" };
    const file = await fetch(location, { headers });
    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toBe("application/zip");
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    const part = await fetch(location, { headers: { ...headers, range: "bytes=2-5" } });
    expect(part.status).toBe(206);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.subarray(2, 6));
    const forged = new URL(location);
    forged.searchParams.set("X-Amz-Signature", "0".repeat(64));
    expect((await fetch(forged)).status).toBe(403);
  });

  test("by link is a redirect, and HEAD says what it ends with", async () => {
    const { name, bytes } = await published();
    const link = linkOf(name, "1.0.0");
    const redirect = await stack.request(link);
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get("cache-control")).toBe("no-store");
    const file = await fetch(new URL(link, stack.url));
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    const head = await stack.request(link, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(Object.fromEntries(head.headers)).toMatchObject({
      "content-length": String(bytes.length),
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}@1.0.0.zip"`,
      "x-checksum-sha256": sha256Of(bytes),
    });
  });

  test("of a version that is not current gives that one", async () => {
    const { name } = await newPlugin(["1.0.0", "2.0.0"]);
    const nameOf = async (verb: string, json: object) => {
      const { headers } = await post(verb, json);
      const file = await fetch(new URL(headers.get("location") ?? "", stack.url));
      await file.arrayBuffer();
      return file.headers.get("content-disposition");
    };
    const saved = (version: string) => `attachment; filename="${name}@${version}.zip"`;
    expect(await nameOf("download", { name })).toBe(saved("2.0.0"));
    expect(await nameOf("version/download", { name, version: "1.0.0" })).toBe(saved("1.0.0"));
    await asAdmin("version/deprecate", { name, version: "2.0.0" });
    expect(await nameOf("download", { name })).toBe(saved("1.0.0"));
    expect(await nameOf("version/download", { name, version: "2.0.0" })).toBe(saved("2.0.0"));
  });
});

test("a disabled plugin is listed and cannot be downloaded, until it is enabled", async () => {
  const { name } = await newPlugin();
  const one = { name, version: "1.0.0" };
  const all = async () => [
    (await post("download", { name })).status,
    (await post("version/download", one)).status,
    (await stack.request(linkOf(name, "1.0.0"))).status,
    (await stack.request(linkOf(name, "1.0.0"), { method: "HEAD" })).status,
  ];
  expect(await all()).toEqual([303, 303, 302, 200]);
  await asAdmin("disable", { name });
  expect(await all()).toEqual([403, 403, 403, 403]);
  expectRefusal(await post("download", { name }), 403, /disabled/);
  expect((await detail(name)).plugin.is_enabled).toBe(false);
  await asAdmin("enable", { name });
  expect(await all()).toEqual([303, 303, 302, 200]);
});

test("a deprecated plugin and a deprecated version can be downloaded", async () => {
  const { name } = await newPlugin();
  await asAdmin("deprecate", { name });
  await asAdmin("version/deprecate", { name, version: "1.0.0" });
  expect((await post("download", { name })).status).toBe(303);
  expect((await post("version/download", { name, version: "1.0.0" })).status).toBe(303);
});

test("every download is counted, by version and for the plugin; HEAD and what goes on with one are not", async () => {
  const { name } = await newPlugin(["1.0.0", "1.1.0"]);
  const one = { name, version: "1.0.0" };
  const rounds = Array.from({ length: 10 }, async () => {
    await post("download", { name });
    await post("version/download", one);
    await stack.request(linkOf(name, "1.0.0"));
  });
  await Promise.all(rounds);
  await stack.request(linkOf(name, "1.0.0"), { method: "HEAD" });
  const others: Record<string, string>[] = [{ range: "bytes=100-" }, { "if-none-match": '"tag"' }];
  for (const headers of others) {
    expect((await stack.request(linkOf(name, "1.0.0"), { headers })).status).toBe(302);
    expect((await stack.request("/api/plugins/download", { json: { name }, headers })).status).toBe(303);
    const version = { json: one, headers };
    expect((await stack.request("/api/plugins/version/download", version)).status).toBe(303);
  }
  await vi.waitFor(async () => {
    await stack.runCron("* * * * *");
    const { plugin, versions } = await detail(name);
    expect(plugin.total_download_count).toBe(30);
    expect(versions.map(({ version, download_count }) => [version, download_count])).toEqual([
      ["1.1.0", 10],
      ["1.0.0", 20],
    ]);
  });
});
