import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ownStack } from "../support/own-stack.ts";
import { newBytes, newSoftware, publish, sha256Of, type CreatedUpload } from "../support/publish.ts";
import { sharedStack, type TestStack } from "../support/stack.ts";

const CHECK = "/api/v1/version/check?current_version=1.0.0&platform=windows&arch=x64";
const MIB = 1024 * 1024;

/** Asks under any name; `fetch` would not send another Host. */
async function askAs(host: string, path: string, headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(sharedStack().url);
  const asking = request({ hostname, port, path, headers: { ...headers, host } });
  asking.end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

describe("what clients say of themselves", () => {
  const stack = ownStack({ QUERIES_PER_MINUTE: "5", TRUSTED_PROXY: "" });
  const proxied = ownStack({ QUERIES_PER_MINUTE: "5", TRUSTED_PROXY_HEADER: "" });
  const statuses = async (of: TestStack, header: string) => {
    const answers = [];
    for (let client = 1; client <= 7; client++) {
      answers.push((await of.request(CHECK, { headers: { [header]: `198.51.100.${client}` } })).status);
    }
    return answers;
  };

  test("a rotated address does not get around a limit", async () => {
    for (const header of ["CF-Connecting-IP", "X-Forwarded-For", "X-Real-IP"]) {
      expect((await statuses(stack(), header)).at(-1), header).toBe(429);
    }
  });

  test("behind a trusted proxy each client has a limit of its own", async () => {
    expect(await statuses(proxied(), "X-Forwarded-For")).toEqual([404, 404, 404, 404, 404, 404, 404]);
  });

  test.each<Record<string, string>>([
    { "MF-Original-URL": "http://127.0.0.1/api/v1/storage/stats" },
    { "MF-Route-Override": "core:entry" },
    { "MF-CF-Blob": "{" },
    { "CF-Worker": "x", "CF-Blob": "{" },
    { "X-Original-URL": "/api/v1/packages", "X-Rewrite-URL": "/api/v1/packages" },
    { "x-slipway-file": "accept" },
  ])("private headers change nothing: %o", async (headers) => {
    const answer = await sharedStack().request<{ status: string }>("/health", { headers });
    expect(answer.status).toBe(200);
    expect(answer.body.status).toBe("healthy");
  });
});

describe("whatever name it is reached by", () => {
  test.each(["127.0.0.1", "localhost", "slipway.lan:8080", "updates.example"])("%s", async (host) => {
    const stack = sharedStack();
    const bytes = newBytes(5000);
    const published = await publish(stack, { version: "1.0.0", software: newSoftware() }, bytes);
    const redirect = await askAs(host, published.download_url);
    expect(redirect.status).toBe(302);
    expect(redirect.headers.location).toMatch(/^\/s3\/packages\/objects\//);
    const served = await fetch(new URL(redirect.headers.location ?? "", stack.url));
    expect(sha256Of(new Uint8Array(await served.arrayBuffer()))).toBe(sha256Of(bytes));
  });

  test("upload URLs begin as the request did, also behind a proxy that speaks TLS", async () => {
    const { hostname, port } = new URL(sharedStack().url);
    const declared = JSON.stringify({
      kind: "package",
      filename: "build.zip",
      size: 1000,
      sha256: sha256Of(newBytes()),
      package: { version: "1.0.0", package_type: "full", software: newSoftware() },
    });
    const asking = request({
      hostname,
      port,
      path: "/api/v1/uploads",
      method: "POST",
      headers: {
        host: "updates.example",
        "x-forwarded-proto": "https",
        "x-api-key": sharedStack().apiKey,
        "content-type": "application/json",
      },
    });
    asking.end(declared);
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    const { parts } = JSON.parse(await text(answer)) as CreatedUpload;
    expect(answer.statusCode).toBe(201);
    expect(parts[0]?.url).toMatch(/^https:\/\/updates\.example\/s3\/packages\//);
  });
});

describe("a refusal while the client is still sending", () => {
  const refused: [status: number, method: string, path: string, type: string][] = [
    [404, "POST", "/nowhere", "text/plain"],
    [405, "PUT", "/api/v1/packages", "text/plain"],
    [413, "POST", "/api/v1/uploads", "application/json"],
    [413, "GET", "/api/v1/api-keys", "text/plain"],
    [400, "POST", "/api/v1/upload/package", "multipart/form-data; boundary=x"],
    [422, "POST", "/api/plugins/upload", "multipart/form-data; boundary=x"],
    [413, "POST", "/api/auth/login", "application/json"],
    [413, "POST", "/api/tasks", "application/json"],
    [413, "POST", "/api/tasks?empty=", "application/json"],
    [413, "POST", "/api/software", "application/json"],
    [413, "POST", "/api/v1/appwares", "application/json"],
    [413, "POST", "/api/v1/login/access-token", "text/plain"],
  ];

  test.each(refused)(
    "%i of %s %s arrives, and the connection serves on",
    async (status, method, path, type) => {
      const connection = await openConnection();
      try {
        for (let round = 0; round < 2; round++) {
          const head = [`${method} ${path} HTTP/1.1`, "Host: slipway", `Content-Type: ${type}`];
          await connection.send(`${[...head, `Content-Length: ${24 * MIB}`].join("\r\n")}\r\n\r\n`);
          // As simple clients do: everything is sent before the answer is looked at.
          for (let sent = 0; sent < 24; sent++) await connection.send(Buffer.alloc(MIB, "x"));
          const answer = await connection.answer();
          expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
          expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toBeTypeOf("object");
        }
        await connection.send("GET /health HTTP/1.1\r\nHost: slipway\r\n\r\n");
        expect(await connection.answer()).toMatch(/^HTTP\/1.1 200 /);
      } finally {
        connection.close();
      }
    },
  );
});

/** A connection without a client library, for they stop sending, or close, at an early answer. */
async function openConnection() {
  const { hostname, port } = new URL(sharedStack().url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  let received = "";
  socket.setEncoding("utf8").on("data", (part: string) => (received += part));
  return {
    send: (data: string | Buffer) =>
      new Promise<void>((resolve, reject) => {
        socket.write(data, (error) => (error ? reject(error) : resolve()));
      }),
    /** The next whole answer. */
    async answer(): Promise<string> {
      for (;;) {
        const end = received.indexOf("\r\n\r\n") + 4;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(received)?.[1] ?? 0);
        if (end > 4 && received.length >= end + length) {
          const answer = received.slice(0, end + length);
          received = received.slice(end + length);
          return answer;
        }
        await once(socket, "data");
      }
    },
    close: () => socket.destroy(),
  };
}

describe("static files", () => {
  /** Asks without `fetch`, which would unpack the answer. */
  async function get(path: string, headers: Record<string, string>, method = "GET") {
    const asking = request(new URL(path, sharedStack().url), { method, headers });
    asking.end();
    const [answer] = (await once(asking, "response")) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) };
  }
  const page = { accept: "text/html" };
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync };

  /** The address of what a page loads. */
  const scriptOf = async (path: string) =>
    /src="(\/assets\/[^"]+)"/.exec((await get(path, page)).bytes.toString())?.[1] ?? "";

  test.each([
    ["the description", async () => "/openapi.json"],
    ["the documentation's script", () => scriptOf("/docs")],
    ["the console's script", () => scriptOf("/")],
  ])("%s is sent in the form that the client takes", async (_name, find) => {
    const path = await find();
    const plain = await get(path, page);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.headers.vary).toMatch(/Accept-Encoding/);
    for (const [encoding, unpacked] of Object.entries(unpack)) {
      const packed = await get(path, { ...page, "accept-encoding": `deflate, ${encoding}` });
      expect(packed.headers).toMatchObject({
        "content-encoding": encoding,
        "content-length": String(packed.bytes.length),
        "content-type": plain.headers["content-type"],
        etag: `W/${plain.headers.etag}`,
      });
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length);
      expect(unpacked(packed.bytes).equals(plain.bytes)).toBe(true);
      const known = { ...page, "accept-encoding": encoding, "if-none-match": String(packed.headers.etag) };
      expect(await get(path, known)).toMatchObject({ status: 304, bytes: Buffer.alloc(0) });
    }
  });

  test("the better form is preferred, and one that is refused is not sent", async () => {
    const encodingOf = async (accepted: string) =>
      (await get("/openapi.json", { "accept-encoding": accepted })).headers["content-encoding"];
    expect(await encodingOf("gzip, deflate, br, zstd")).toBe("br");
    expect(await encodingOf("br;q=0, GZIP;q=0.5")).toBe("gzip");
    expect(await encodingOf("identity;q=1, *;q=0")).toBeUndefined();
  });

  test("a question about the head is answered without a body", async () => {
    const packed = await get("/openapi.json", { "accept-encoding": "gzip" }, "HEAD");
    expect([packed.headers["content-encoding"], packed.bytes.length]).toEqual(["gzip", 0]);
  });

  test("nobody asks for a compressed form by its own name", async () => {
    const etag = String((await get("/openapi.json", {})).headers.etag).replaceAll('"', "");
    expect((await get(`/encoded/${etag}.gz`, {})).status).toBe(404);
  });
});
