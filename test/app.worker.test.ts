import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownStack } from "./support/own-stack.ts";
import { expectProblem, newSoftware, packageForm, publish, sendForm } from "./support/publish.ts";
import { sharedStack, withStack } from "./support/stack.ts";

const stack = sharedStack();
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

describe("the service about itself", () => {
  test("GET /", async () => {
    const { status, body } = await stack.request("/", { headers: { accept: "application/json" } });
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      message: expect.any(String),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      status: "running",
      features: ["full packages", "patches", "storage management"],
      timestamp: moment,
      data: {
        message: expect.any(String),
        version: expect.any(String),
        docs: "/docs",
        health: expect.stringMatching(/health$/),
      },
    });
  });

  test("GET / in Chinese has the documented features", async () => {
    const { body } = await stack.request("/", { headers: { "accept-language": "zh-CN" } });
    expect(body).toMatchObject({ features: ["完整包", "增量包", "智能存储管理"] });
  });

  test("GET / shows a browser a page", async () => {
    const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    const { status, headers } = await stack.request("/", { headers: { accept } });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/html/);
  });

  test("GET /health", async () => {
    const { status, body } = await stack.request("/health");
    expect(status).toBe(200);
    expect(body).toEqual({ status: "healthy", timestamp: moment, version: expect.any(String) });
  });

  test("GET /health?deep=1 asks all that it needs, and finds nothing wrong with what npm start runs", async () => {
    await stack.runCron("* * * * *");
    const { status, body } = await stack.request("/health?deep=1");
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "healthy",
      timestamp: moment,
      version: expect.any(String),
      checks: {
        database: "ok",
        bucket: "ok",
        durability: "ok",
        cron: "ok",
        jobs: "ok",
        quota: "ok",
        clock: "ok",
      },
      problems: [],
    });
    expectProblem(await stack.request("/health?deep=perhaps"), 400, "VALIDATION_ERROR");
  });

  test("GET /api/health, which the service names, in the form of the plugins", async () => {
    const { body: service } = await stack.request<{ data: { health: string } }>("/");
    const { status, body } = await stack.request(service.data.health);
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      message: "The server is running",
      data: { status: "healthy", version: expect.any(String), database: "connected" },
    });
  });

  test.each(["/docs", "/redoc"])("%s is a page that loads nothing from elsewhere", async (path) => {
    const { status, headers, text } = await stack.request(path);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/html/);
    expect(text).not.toMatch(/(?:src|href)=["']?(?:https?:)?\/\//);
  });

  test("/openapi.json describes every path that the update clients ask", async () => {
    const { body } = await stack.request<{ openapi: string; paths: Record<string, object> }>("/openapi.json");
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        "/",
        "/health",
        "/api/v1/upload/package",
        "/api/v1/packages",
        "/api/v1/version/check",
        "/api/v1/storage/stats",
        "/api/v1/storage/cleanup",
        "/downloads/{package_type}/{version}/{filename}",
      ]),
    );
  });
});

describe("every answer", () => {
  test.each(["/health", "/api/v1/packages", "/api/v1/nothing", "/api/v1/packages?limit=0"])(
    "%s has an id of its own, is nobody's to keep and is what it says",
    async (path) => {
      const [a, b] = [await stack.request(path), await stack.request(path)];
      expect(a.headers.get("x-request-id")).toMatch(/^req_[0-9a-z]{26}$/);
      expect(a.headers.get("x-request-id")).not.toBe(b.headers.get("x-request-id"));
      expect(a.headers.get("cache-control")).toBe("private, no-store");
      expect(a.headers.get("x-content-type-options")).toBe("nosniff");
      expect(a.headers.get("content-type")).toMatch(/^application\/json/);
    },
  );

  test("HEAD answers as GET would, without a body", async () => {
    const software = newSoftware();
    await publish(stack, { software, version: "1.0.0" });
    const good = [
      "/",
      "/health",
      "/api/v1/packages",
      "/api/v1/storage/stats",
      `/api/v1/version/check?current_version=0.1.0&software=${software}`,
      "/docs",
      "/openapi.json",
    ];
    for (const path of good) {
      const answer = await stack.request(path, { method: "HEAD" });
      expect({ status: answer.status, text: answer.text }, path).toEqual({ status: 200, text: "" });
    }
    expect((await stack.request("/api/v1/nothing", { method: "HEAD" })).status).toBe(404);
  });

  test("a slash at the end does not matter", async () => {
    const { download_url } = await publish(stack, { software: newSoftware(), version: "1.0.0" });
    const paths = ["/health/", "/api/v1/packages/", "/api/v1/storage/stats/"];
    for (const path of paths) expect((await stack.request(path)).status, path).toBe(200);
    const check = await stack.request("/api/v1/version/check/?current_version=bad");
    expectProblem(check, 400, "INVALID_VERSION");
    const form = packageForm({ software: newSoftware(), version: "1.0.0", package_type: "full" });
    const upload = { method: "POST", body: form, asPublisher: true };
    expect((await stack.request("/api/v1/upload/package/", upload)).status).toBe(200);
    expect((await stack.request(`${download_url}/`)).status).toBe(302);
    expectProblem(await stack.request("/api/v1/uploads/", { json: {} }), 400, "MISSING_PARAMETER");
  });
});

describe("what is not there", () => {
  const paths = [
    "/nothing",
    "/api",
    "/api/v1",
    "/api/v1/nothing",
    "/api/v2/packages",
    "/API/V1/packages",
    "/downloads",
    "/downloads/full/1.0.0",
    "/api/v1/packages/1/2/3",
    "/.env",
    "/%2e%2e/secrets.json",
    "/%00",
    `/${"a".repeat(5000)}`,
  ];
  test.each(paths.map((path) => [path.slice(0, 30), path]))("%s", async (_name, path) => {
    expectProblem(await stack.request(path), 404, "NOT_FOUND");
  });

  const methods: [method: string, path: string][] = [
    ["POST", "/health"],
    ["DELETE", "/api/v1/packages"],
    ["GET", "/api/v1/upload/package"],
    ["PUT", "/api/v1/version/check"],
    ["GET", "/api/v1/uploads"],
    ["GET", "/api/v1/storage/cleanup"],
    ["PUT", "/api/v1/packages/1"],
    ["POST", "/downloads/full/1.0.0/a.zip"],
    ["POST", "/docs"],
  ];
  test.each(methods)("%s %s", async (method, path) => {
    const answer = await stack.request(path, { method });
    expectProblem(answer, 405, "METHOD_NOT_ALLOWED");
    expect(answer.headers.get("allow")?.split(/, */)).not.toContain(method);
    expect(answer.headers.get("allow") ?? "").toMatch(/^[A-Z]+(, *[A-Z]+)*$/);
  });

  test.each([
    ["DELETE", "/api/v1/appwares/my", "GET"],
    ["PUT", "/api/v1/appwares/popular/", "GET"],
    ["DELETE", "/api/v1/api-keys/current", "GET"],
    ["PUT", "/api/v1/appwares", "GET, POST"],
  ])("%s %s: the methods of a longer pattern are not this address's", async (method, path, allowed) => {
    const { status, headers } = await stack.request(path, { method });
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: allowed });
  });

  test("is said in Chinese to whom Chinese is", async () => {
    const answer = await stack.request("/nothing", { headers: { "accept-language": "zh-CN,en;q=0.5" } });
    expect(answer.body).toMatchObject({
      detail: expect.stringMatching(/^资源不存在/),
      error_code: "NOT_FOUND",
    });
  });
});

test("no page of another origin may read answers, unless it is named", async () => {
  const { headers } = await stack.request("/health", { headers: { origin: "https://evil.example" } });
  expect(headers.get("access-control-allow-origin")).toBeNull();
});

describe("a deployment with its own settings", () => {
  const own = ownStack({ CORS_ORIGINS: "https://console.example", DEFAULT_LOCALE: "zh-CN" });
  const origin = "https://console.example";

  test("answers pages of the origins it names", async () => {
    const { headers } = await own().request("/health", { headers: { origin } });
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-expose-headers")).toMatch(/retry-after/i);
    const evil = await own().request("/health", { headers: { origin: "https://evil.example" } });
    expect(evil.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("lets those pages send keys and JSON", async () => {
    const asked = { "access-control-request-method": "DELETE" };
    const { status, headers } = await own().request("/api/v1/uploads/x", {
      method: "OPTIONS",
      headers: { origin, ...asked, "access-control-request-headers": "authorization,content-type" },
    });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-methods")).toContain("DELETE");
    expect(headers.get("access-control-allow-headers")).toMatch(/authorization/i);
  });

  test("lets those pages read refusals as well", async () => {
    const answer = await own().request("/api/v1/packages?limit=0", { headers: { origin } });
    expectProblem(answer, 400, "VALIDATION_ERROR");
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  });

  test("speaks its own language to those who ask for none", async () => {
    expect((await own().request("/nothing")).body).toMatchObject({
      detail: expect.stringMatching(/^资源不存在/),
    });
    const english = await own().request("/nothing", { headers: { "accept-language": "en" } });
    expect(english.body).toMatchObject({
      detail: "There is nothing at this address: check its path, and the id in it",
    });
  });
});

describe("when what stands behind fails", () => {
  /** What the database between the Worker and the real one does. */
  let mode: "works" | "away" | "confused" = "works";
  let proxy: Server;
  beforeAll(async () => {
    proxy = createServer((request, response) => void pass(request, response));
    await new Promise<void>((resolve) => void proxy.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    proxy.closeAllConnections();
    return new Promise((resolve) => void proxy.close(resolve));
  });

  const pass: (...args: Parameters<Parameters<typeof createServer>[1] & object>) => Promise<void> = async (
    request,
    response,
  ) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (mode === "away") {
      response.destroy();
      return;
    }
    if (mode === "confused") {
      const error = { message: "no such table: secret_table", code: "SQLITE_ERROR" };
      const { requests } = JSON.parse(Buffer.concat(chunks).toString()) as { requests: unknown[] };
      const results = requests.map(() => ({ type: "error", error }));
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ baton: null, base_url: null, results }));
      return;
    }
    const answer = await fetch(new URL(request.url ?? "/", stack.settings.LIBSQL_URL), {
      method: request.method ?? "GET",
      headers: {
        authorization: request.headers.authorization ?? "",
        "content-type": request.headers["content-type"] ?? "application/json",
      },
      body: request.method === "GET" ? undefined : Buffer.concat(chunks),
    });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };

  test("the answer is in the same form, says nothing of the cause, and asks to come back", async () => {
    const { port } = proxy.address() as AddressInfo;
    const settings = {
      LIBSQL_URL: `http://127.0.0.1:${port}`,
      LIBSQL_AUTH_TOKEN: stack.settings.LIBSQL_AUTH_TOKEN ?? "",
      S3_ENDPOINT: "http://127.0.0.1:9",
      S3_ACCESS_KEY_ID: "nobody",
      S3_SECRET_ACCESS_KEY: "nothing",
      S3_BUCKET: "nowhere",
    };
    await withStack(settings, async (broken) => {
      const deep = await broken.request("/health?deep=1");
      expect(deep.status).toBe(503);
      expect(deep.body).toMatchObject({
        status: "unhealthy",
        checks: { database: "ok", bucket: "unreachable" },
      });

      const software = newSoftware();
      const form = packageForm({ software, version: "1.0.0", package_type: "full" });
      const upload = await sendForm(broken, form, { asPublisher: true });
      expectProblem(upload, 503, "SERVICE_UNAVAILABLE");
      expect(upload.headers.get("retry-after")).toBe("5");
      const list = await broken.request(`/api/v1/packages?software=${software}`);
      expect(list.body).toEqual([]);

      mode = "confused";
      const confused = await broken.request("/api/v1/packages");
      expectProblem(confused, 500, "INTERNAL_ERROR");
      expect(confused.text).not.toContain("secret_table");
      expect(confused.headers.get("x-request-id")).toBeTruthy();

      mode = "away";
      const [away, health, ofDatabase] = await Promise.all([
        broken.request("/api/v1/packages"),
        broken.request("/health"),
        broken.request("/api/health"),
      ]);
      expectProblem(away, 503, "SERVICE_UNAVAILABLE");
      expect(away.headers.get("retry-after")).toBe("5");
      expect(health.status).toBe(200);
      expect(ofDatabase.status).toBe(503);
      expect(ofDatabase.body).toMatchObject({ success: false, data: { database: "disconnected" } });
      mode = "works";
      expect((await broken.request("/api/v1/packages")).status).toBe(200);
    });
  });
});
