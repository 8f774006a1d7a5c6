import { expect, test } from "vitest";
import { bearer, fromAnywhere, newAccount, PASSWORD } from "../support/accounts.ts";
import { archive, newKey, newName } from "./archives.ts";
import { pluginForm, stack, type Plugin, type Result, type Version } from "./plugins.ts";

const JSON_TYPE = { "content-type": "application/json" };

type Session = Result<{ token: string }> & { token: string };

async function signIn(): Promise<string> {
  const { username } = await newAccount(stack, "admin");
  const { status, body } = await stack.request<Session>("/api/auth/login", {
    json: { username, password: PASSWORD },
    headers: fromAnywhere(),
  });
  expect({ status, success: body.success }).toEqual({ status: 200, success: true });
  return body.token;
}

/** What the guide's clients do: they name JSON with every request, also where nothing is sent. */
async function session(token: string) {
  const headers = { ...JSON_TYPE, ...bearer(token) };
  const get = async <T>(path: string) => (await stack.request<Result<T>>(path, { headers })).body;
  const post = async <T>(path: string, json?: unknown) =>
    (
      await stack.request<Result<T>>(
        path,
        json === undefined ? { method: "POST", headers } : { json, headers },
      )
    ).body;
  return { headers, get, post };
}

test("the Python and the JavaScript client's session", async () => {
  const [name, key] = [newName(), newKey()];
  const client = await session(await signIn());
  expect((await client.get<{ is_admin: boolean }>("/api/auth/me")).data.is_admin).toBe(true);

  const bytes = await archive({ name, version: "1.0.0" });
  const uploaded = await stack.request<Result<Plugin>>("/api/plugins/upload", {
    method: "POST",
    body: pluginForm(key, bytes),
    headers: { authorization: client.headers.authorization },
  });
  expect(uploaded.body.data.name).toBe(name);
  const listed = await client.get<Plugin[]>("/api/plugins/list");
  expect(listed.data.map((plugin) => plugin.name)).toContain(name);
  expect((await client.post<{ plugin: Plugin }>("/api/plugins/detail", { name })).data.plugin.name).toBe(
    name,
  );
  for (const [verb, enabled] of [
    ["disable", false],
    ["enable", true],
  ] as const)
    expect((await client.post<Plugin>(`/api/plugins/${verb}`, { name })).data.is_enabled).toBe(enabled);
  expect((await client.post<Version[]>("/api/plugins/versions", { name })).data).toHaveLength(1);

  const download = await fetch(new URL("/api/plugins/download", stack.url), {
    method: "POST",
    headers: client.headers,
    body: JSON.stringify({ name }),
  });
  expect(new Uint8Array(await download.arrayBuffer())).toEqual(bytes);

  expect((await client.get<{ status: string }>("/api/health")).data.status).toBe("healthy");
  expect((await client.post("/api/plugins/delete", { name })).success).toBe(true);
  expect((await client.post("/api/auth/logout")).data).toBeNull();
  expect((await client.get<{ is_admin: boolean }>("/api/auth/me")).data.is_admin).toBe(false);
});

test("the guide's curl commands", async () => {
  const token = await signIn();
  expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  const list = await stack.request<Result<Plugin[]>>("/api/plugins/list");
  expect(list.body).toMatchObject({ success: true, data: expect.any(Array) });
  const name = newName();
  const { status, body } = await stack.request<Result<Plugin>>("/api/plugins/upload", {
    method: "POST",
    body: pluginForm("my_secret_key", await archive({ name, version: "1.0.0" })),
  });
  expect({ status, current: body.data.current_version }).toEqual({ status: 200, current: "1.0.0" });
});

test("unknown fields are ignored, and a trailing slash never matters, in requests about plugins and backups", async () => {
  const [name, key] = [newName(), newKey()];
  const form = pluginForm(key, await archive({ name, version: "1.0.0" }));
  form.append("comment", "none");
  const send = (path: string, options: object) => stack.request<Result<unknown>>(path, options);
  const answers = [
    await send("/api/plugins/upload/", { method: "POST", body: form }),
    await send("/api/plugins/list/", {}),
    await send("/api/plugins/detail/", { json: { name, comment: "none" } }),
    await send("/api/backups/list/", { json: { user_key: key, comment: ["none"] } }),
    await send("/api/health/", {}),
  ];
  expect(answers.map(({ status, body }) => [status, body.success])).toEqual(answers.map(() => [200, true]));
});
