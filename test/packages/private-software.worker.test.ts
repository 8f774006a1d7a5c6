import { describe, expect, test, vi } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import {
  checkPath,
  endKey,
  newKey,
  privateTitle,
  setVisibility,
  withQuery,
} from "../support/private-software.ts";
import { expectProblem, newSoftware, publish, publishSigned } from "../support/publish.ts";
import { sharedStack, type RequestOptions } from "../support/stack.ts";

const stack = sharedStack();

type Title = Awaited<ReturnType<typeof privateTitle>>;

/** Every way to ask about private software: of what is there, and of what is not. */
const questions = ({ software, akey, path }: Title) => ({
  there: [
    checkPath(software),
    checkPath(akey),
    checkPath(software.toUpperCase()),
    checkPath(software, { current_version: "2.0.0" }),
    `/api/v1/packages?software=${software}`,
    `/api/v1/packages?software=${akey}&platform=all&arch=all`,
    path,
  ],
  absent: [
    checkPath(software, { platform: "linux" }),
    checkPath(software, { channel: "beta", arch: "arm64" }),
    checkPath(software, { format: "deb" }),
    `/api/v1/packages?software=${software}&platform=macos`,
    `/api/v1/packages?software=${software}&package_type=patch`,
    path.replaceAll("2.0.0", "9.9.9"),
    path.replace("/full/", "/patches/"),
    path.replace("/2.0.0/", "/3.0.0/"),
    path.replace(".zip", ".zip.blockmap"),
    `/downloads/patches/2.0.0/${software}-v1.0.0-to-v2.0.0-patch-windows-x64.zip`,
    `/downloads/hotfixes/2.0.0/${software}-v2.0.0-hotfix-20260101000000-windows-x64.zip`,
  ],
});

/** What a refusal says, but for what differs with each answer anyway. */
async function refusalOf(path: string, options: RequestOptions) {
  const { status, headers, body, text } = await stack.request<Record<string, unknown> | null>(path, options);
  const { timestamp: _, ...said } = body ?? {};
  const kept = ["cache-control", "vary", "etag", "location", "www-authenticate", "content-type"];
  return { status, said, empty: text === "", headers: kept.map((name) => headers.get(name)) };
}

describe("without a key that may read it", () => {
  test("private software answers the same, whatever is asked about, there or not", async () => {
    const [title, other] = [await privateTitle(stack), await privateTitle(stack)];
    const revoked = await newKey(stack, ["packages:read"]);
    await endKey(stack, revoked);
    const expired = await newKey(stack, ["packages:read"], { expires_at: "2999-01-01T00:00:00Z" });
    await execute(stack, "UPDATE api_keys SET expires_at = 1 WHERE id = ?", [expired.id]);
    const elsewhere = await newKey(stack, ["packages:read", "packages:write"], {
      software: [other.software],
    });
    const scopeless = await newKey(stack, ["storage:admin", "keys:admin"]);
    const { token } = await newAccount(stack, "user");
    const bad = ["wrong", revoked.key, expired.key, elsewhere.key, scopeless.key, token];

    const { there, absent } = questions(title);
    for (const path of [...there, ...absent]) {
      const asked = [
        refusalOf(path, {}),
        ...bad.flatMap((key) => [
          refusalOf(path, { headers: { "x-api-key": key } }),
          refusalOf(path, { headers: bearer(key) }),
          refusalOf(withQuery(path, "key", key), {}),
        ]),
      ];
      for (const refusal of await Promise.all(asked)) {
        expect(refusal, path).toEqual({
          status: 401,
          said: { detail: expect.stringContaining("X-API-Key"), error_code: "INVALID_API_KEY" },
          empty: false,
          headers: ["private, no-store", null, null, null, "Bearer", "application/json"],
        });
      }
    }
    for (const path of [...there, ...absent]) {
      const head = await refusalOf(path, { method: "HEAD" });
      expect({ path, ...head }).toEqual({
        path,
        status: 401,
        said: {},
        empty: true,
        headers: ["private, no-store", null, null, null, "Bearer", "application/json"],
      });
    }
  });

  test("it is refused in the reader's language", async () => {
    const { path } = await privateTitle(stack);
    const { body } = await stack.request(path, { headers: { "accept-language": "zh-CN" } });
    expect(body).toMatchObject({ detail: expect.stringContaining("密钥") });
  });

  test("what somebody with a key asked a moment ago is told to nobody else", async () => {
    const title = await privateTitle(stack);
    const { key } = await newKey(stack, ["packages:read"], { software: [title.software] });
    // An encoded letter makes the whole query the question.
    const encoded = `${checkPath(title.software)}&platform=%77indows`;
    for (const path of [checkPath(title.software), encoded, title.path]) {
      const opened = withQuery(path, "key", key);
      const answers = [await stack.request(opened), await stack.request(opened)];
      for (const { status } of answers) expect(status, path).toBe(path === title.path ? 302 : 200);
      const etag = answers[0]?.headers.get("etag") ?? "*";
      expectProblem(await stack.request(path), 401, "INVALID_API_KEY");
      const headers = { "if-none-match": etag };
      expectProblem(await stack.request(path, { headers }), 401, "INVALID_API_KEY");
      expectProblem(await stack.request(withQuery(path, "key", "wrong")), 401, "INVALID_API_KEY");
      expect((await stack.request(opened)).status).toBe(path === title.path ? 302 : 200);
    }
  });
});

describe("with a key that may read it", () => {
  const ways: [
    way: string,
    ask: (path: string, key: string, more?: RequestOptions) => ReturnType<typeof stack.request>,
  ][] = [
    [
      "X-API-Key",
      (path, key, more) => stack.request(path, { ...more, headers: { ...more?.headers, "x-api-key": key } }),
    ],
    [
      "Authorization: Bearer",
      (path, key, more) => stack.request(path, { ...more, headers: { ...more?.headers, ...bearer(key) } }),
    ],
    ["key in the query", (path, key, more) => stack.request(withQuery(path, "key", key), more)],
    ["api_key in the query", (path, key, more) => stack.request(withQuery(path, "api_key", key), more)],
  ];

  test.each(ways)("private software is checked, listed and fetched: %s", async (_way, ask) => {
    const { software, path, bytes } = await privateTitle(stack);
    const { token } = await newAccount(stack, "admin");
    const keys = [
      await newKey(stack, ["packages:read"]),
      await newKey(stack, ["packages:write"]),
      await newKey(stack, ["packages:read"], { software: [newSoftware(), software.toUpperCase()] }),
      { key: stack.apiKey },
      { key: token },
    ];
    for (const { key } of keys) {
      const checked = await ask(checkPath(software), key);
      expect(checked.body, checked.text).toMatchObject({ has_update: true, latest_version: "2.0.0" });
      expect(checked.text).not.toContain(key);
      expect(checked.headers.get("cache-control")).toBe("private, no-store");
      expect(checked.headers.get("vary")).toBe("Authorization, X-API-Key, Cookie");
      const headers = { "if-none-match": checked.headers.get("etag") ?? "" };
      const unchanged = await ask(checkPath(software), key, { headers });
      expect(unchanged).toMatchObject({ status: 304, text: "" });
      expect(unchanged.headers.get("cache-control")).toBe("private, no-store");
      expect(await ask(checkPath(software), key, { method: "HEAD" })).toMatchObject({
        status: 200,
        text: "",
      });
      expectProblem(await ask(checkPath(software, { platform: "ios" }), key), 404, "VERSION_NOT_FOUND");

      const list = await ask(`/api/v1/packages?software=${software}`, key);
      expect(list.body).toMatchObject([{ version: "2.0.0", download_url: path }]);
      expect(list.headers.get("cache-control")).toBe("private, no-store");

      expect((await ask(path, key, { method: "HEAD" })).headers.get("content-length")).toBe("1000");
      const redirect = await ask(path, key);
      expect(redirect.status).toBe(302);
      expect(redirect.headers.get("cache-control")).toContain("no-store");
      const location = redirect.headers.get("location") ?? "";
      expect(location).not.toContain(key);
      const signed = new URL(location, stack.url);
      expect(signed.searchParams.has("key")).toBe(false);
      expect(Number(signed.searchParams.get("X-Amz-Expires"))).toBe(900);
      const file = await fetch(signed);
      expect(file.headers.get("cache-control")).toBe("private, no-store");
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
      expectProblem(await ask(path.replaceAll("2.0.0", "9.9.9"), key), 404, "PACKAGE_NOT_FOUND");
    }
  });

  test("its end is seen at once where it was ended", async () => {
    const { software, path } = await privateTitle(stack);
    const made = await newKey(stack, ["packages:read"]);
    const headers = { "x-api-key": made.key };
    for (const asked of [checkPath(software), path]) {
      expect((await stack.request(asked, { headers })).status).toBeLessThan(400);
    }
    await endKey(stack, made);
    for (const asked of [checkPath(software), path]) {
      expectProblem(await stack.request(asked, { headers }), 401, "INVALID_API_KEY");
    }
  });
});

describe("public software", () => {
  test("is nobody's secret: a wrong key changes nothing, and caches may keep what it answers", async () => {
    const software = newSoftware();
    const { download_url: path } = await publish(stack, { software, version: "2.0.0" });
    for (const headers of [{}, { "x-api-key": "wrong" }, bearer("wrong")] as Record<string, string>[]) {
      const checked = await stack.request(withQuery(checkPath(software), "key", "wrong"), { headers });
      expect(checked.status).toBe(200);
      expect(checked.headers.get("cache-control")).toBe("public, max-age=10");
      expect(checked.headers.get("vary")).toBeNull();
      expect((await stack.request(`/api/v1/packages?software=${software}`, { headers })).status).toBe(200);
      const redirect = await stack.request(path, { headers });
      const signed = new URL(redirect.headers.get("location") ?? "", stack.url);
      expect(Number(signed.searchParams.get("X-Amz-Expires"))).toBeGreaterThanOrEqual(3 * 3600);
    }
    expectProblem(await stack.request(checkPath(newSoftware())), 404, "VERSION_NOT_FOUND");
    expectProblem(await stack.request(path.replaceAll("2.0.0", "9.9.9")), 404, "PACKAGE_NOT_FOUND");
  });

  test("whose slug begins with a private one's and -v is fetched by everybody", async () => {
    const { software } = await privateTitle(stack);
    const { download_url: path } = await publish(stack, { software: `${software}-vr`, version: "1.0.0" });
    expect((await stack.request(path)).status).toBe(302);
    expect((await stack.request(checkPath(`${software}-vr`, { current_version: "0.1" }))).status).toBe(200);
  });

  test("turns private and public again at once, for what was asked a moment ago too", async () => {
    const software = newSoftware();
    const { download_url: path } = await publishSigned(stack, { software, version: "2.0.0" });
    const list = `/api/v1/packages?software=${software}`;
    const statuses = async () => {
      const answers = [checkPath(software), list, path].map((asked) => stack.request(asked));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    for (const _round of [1, 2]) {
      expect(await statuses()).toEqual([200, 200, 302]);
      expect(await statuses()).toEqual([200, 200, 302]);
      await setVisibility(stack, software, "private");
      expect(await statuses()).toEqual([401, 401, 401]);
      await setVisibility(stack, software, "public");
    }
    const signed = new URL((await stack.request(path)).headers.get("location") ?? "", stack.url);
    expect(Number(signed.searchParams.get("X-Amz-Expires"))).toBeGreaterThanOrEqual(3 * 3600);
  });
});

test("a key in a query is in no line of the log, whatever came of the request", async () => {
  const { software, path } = await privateTitle(stack);
  const made = await newKey(stack, ["packages:read"]);
  const wrong = `wrong-${newSoftware()}-${newSoftware()}`;
  for (const key of [made.key, stack.apiKey, wrong]) {
    for (const asked of [
      checkPath(software),
      checkPath(software, { platform: "nothing" }),
      `/api/v1/packages?software=${software}&limit=0`,
      path,
      `${path}.sig`,
      "/nowhere",
      "/api/v1/storage/stats",
    ]) {
      for (const name of ["key", "KEY", "api_key"]) await stack.request(withQuery(asked, name, key));
      await stack.request(withQuery(asked, "key", key), { method: "HEAD" });
    }
  }
  const { headers } = await stack.request("/api/v1/packages?limit=0");
  await vi.waitFor(async () => {
    expect(JSON.stringify(await stack.logs())).toContain(headers.get("x-request-id"));
  });
  const kept = await vi.waitFor(async () => {
    const rows = await execute(stack, "SELECT * FROM logs WHERE fields LIKE '%nowhere%' OR fields LIKE ?", [
      `%${software}%`,
    ]);
    expect(rows.length).toBeGreaterThan(0);
    return rows;
  });
  const text = JSON.stringify([await stack.logs(), kept]);
  for (const key of [made.key, stack.apiKey, wrong]) expect(text).not.toContain(key);
  expect(text).toContain("[redacted]");
});
