import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive, waitUntilGone } from "../../scripts/process/processes.ts";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { startServer } from "../support/server-process.ts";
import type { ServerProcess } from "../support/server-process.ts";

/** More than the guard gives a server before it kills it. */
const GONE_MS = 20_000;

let folder: string;
let dataDir: string;
let started: ServerProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-e2e-"));
  dataDir = join(folder, "data");
  started = [];
});

afterEach(async () => {
  for (const { pid, exited } of started) {
    if (isAlive(pid)) process.kill(pid, "SIGTERM");
    await exited;
  }
  await rm(folder, { recursive: true, force: true });
});

function start(
  settings: Record<string, string> = {},
  dir = dataDir,
  by: "node" | "npm" = "node",
): ServerProcess {
  const server = startServer(dir, settings, by);
  started.push(server);
  return server;
}

async function stop(server: ServerProcess): Promise<void> {
  process.kill(server.pid, "SIGTERM");
  await server.exited;
}

const readSecrets = async () => JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as Secrets;

async function bucket(url: string): Promise<S3Client> {
  const { bucketAccessKeyId, bucketSecretAccessKey } = await readSecrets();
  return new S3Client({
    endpoint: `${url}/s3`,
    region: "auto",
    forcePathStyle: true,
    credentials: { accessKeyId: bucketAccessKeyId, secretAccessKey: bucketSecretAccessKey },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

async function put(url: string, key: string, text: string): Promise<void> {
  await (await bucket(url)).send(new PutObjectCommand({ Bucket: "packages", Key: key, Body: text }));
}

async function get(url: string, key: string): Promise<string | undefined> {
  const object = await (await bucket(url)).send(new GetObjectCommand({ Bucket: "packages", Key: key }));
  return object.Body?.transformToString();
}

async function createKey(url: string, name: string): Promise<void> {
  const { apiKey } = await readSecrets();
  const answer = await fetch(`${url}/api/v1/api-keys`, {
    method: "POST",
    headers: { "x-api-key": apiKey, "content-type": "application/json" },
    body: JSON.stringify({ name, scopes: ["packages:read"] }),
  });
  expect(answer.status).toBe(201);
}

async function listKeys(url: string): Promise<string> {
  const { apiKey } = await readSecrets();
  return (await fetch(`${url}/api/v1/api-keys`, { headers: { "x-api-key": apiKey } })).text();
}

test("shows address, docs, data and the generated secrets the first time, and answers", async () => {
  const first = start();
  const url = await first.ready;
  const { apiKey, adminPassword } = await readSecrets();
  for (const part of [url, `${url}/docs`, dataDir, apiKey, adminPassword])
    expect(first.stdout()).toContain(part);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
  await stop(first);

  const second = start();
  await second.ready;
  expect(second.stdout()).not.toContain(apiKey);
  expect(second.stdout()).not.toContain(adminPassword);
  expect(second.stdout()).toContain("secrets.json");
});

test("stops on SIGTERM with status 0, leaves no process and keeps the data", async () => {
  const first = start();
  const url = await first.ready;
  await put(url, "kept/file", "bytes");
  await createKey(url, "before the stop");
  const servers = first.servers();
  expect(servers.filter(isAlive)).toHaveLength(3);
  process.kill(first.pid, "SIGTERM");
  expect(await first.exited).toEqual({ code: 0, signal: null });
  expect(servers.filter(isAlive)).toEqual([]);

  const again = await start().ready;
  expect(await get(again, "kept/file")).toBe("bytes");
  expect(await listKeys(again)).toContain("before the stop");
});

test("a signal to npm ends all that npm start started", async () => {
  const server = start({}, dataDir, "npm");
  await server.ready;
  const servers = server.servers();
  expect(servers.filter(isAlive)).toHaveLength(3);
  await stop(server);
  expect(servers.filter(isAlive)).toEqual([]);
});

test("leaves no process after SIGKILL, and the next start, at the same port at once, has all that was acknowledged", async () => {
  const first = start();
  const url = await first.ready;
  await put(url, "kept/file", "bytes");
  await createKey(url, "before the kill");
  const servers = first.servers();
  // As if it were slow to end, and still had the port.
  process.kill(first.pidOf("workerd"), "SIGSTOP");
  process.kill(first.pid, "SIGKILL");
  await first.exited;

  const second = start({ PORT: new URL(url).port });
  const again = await second.ready;
  expect(again).toBe(url);
  for (const pid of servers) expect(await waitUntilGone(pid, GONE_MS)).toBe(true);
  expect((await fetch(`${again}/health`)).status).toBe(200);
  expect(await get(again, "kept/file")).toBe("bytes");
  expect(await listKeys(again)).toContain("before the kill");
});

test("offers neither a simulator's ways in nor an unsigned way into the bucket", async () => {
  const url = await start().ready;
  await put(url, "secret/file", "bytes");
  const closed = [
    "/cdn-cgi/handler/scheduled?cron=*+*+*+*+*",
    "/cdn-cgi/mf/scheduled",
    "/cdn-cgi/platform-proxy",
    "/cdn-cgi/explorer",
    "/cdn-cgi/local/r2/public/packages/secret/file",
    "/cdn-cgi/local/r2/s3/packages/secret/file",
    "/core/store-temp-file?extension=x",
    "/cron?expression=*+*+*+*+*",
    "/hold",
    "/s3/packages/secret/file",
    "/s3/packages/?list-type=2",
  ];
  for (const path of closed) {
    const answer = await fetch(url + path);
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.status, path).toBeLessThan(500);
    expect(await answer.text()).not.toContain("bytes");
  }
});

test("says in one line that the port is taken", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const server = start({ PORT: String(port) });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.stderr()).toBe(
    `PORT: 127.0.0.1:${port} is in use by another program; stop that one, or set another PORT\n`,
  );
  await new Promise((resolve) => taken.close(resolve));
});

test.each([
  ["PORT", "eighty"],
  ["POLL_INTERVAL_SECONDS", "0"],
  ["QUERIES_PER_MINUTE", "many"],
  ["JWT_SECRET", "short"],
  ["LIBSQL_URL", "not a url"],
])("names %s in one line when its value is bad, and never repeats the value", async (name, value) => {
  const server = start({ [name]: value });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.stderr()).toMatch(new RegExp(`^[^\\n]*\\b${name}\\b[^\\n]*\\n$`));
  if (name === "JWT_SECRET") expect(server.stderr()).not.toContain(value);
});

test.each([
  [401, /^LIBSQL_AUTH_TOKEN: the database refuses the token[^\n]*\n$/],
  [404, /^LIBSQL_URL: there is no libSQL database at this address; correct it\n$/],
  [null, /^LIBSQL_URL: the database does not answer \(ECONNREFUSED\)[^\n]*\n$/],
])("says in one line what is wrong with a database that answers %s", async (status, line) => {
  const other = createHttpServer((_request, answer) => answer.writeHead(status ?? 500).end());
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  if (status === null) await new Promise((resolve) => other.close(resolve));
  try {
    const server = start({ LIBSQL_URL: `http://127.0.0.1:${port}`, LIBSQL_AUTH_TOKEN: "a token" });
    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toMatch(line);
  } finally {
    other.close();
  }
});

test("says in one line that the data folder cannot be written", async () => {
  await writeFile(join(folder, "file"), "");
  const server = start({}, join(folder, "file", "data"));
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.stderr()).toMatch(/^DATA_DIR: cannot write to [^\n]*\n$/);
});

test("refuses a data folder that another instance uses", async () => {
  const first = start();
  const url = await first.ready;
  const second = start();
  expect(await second.exited).toEqual({ code: 1, signal: null });
  expect(second.stderr()).toBe(
    `DATA_DIR: ${dataDir} is in use by another Slipway (process ${first.pid}); stop that one, or set another folder\n`,
  );
  expect((await fetch(`${url}/health`)).status).toBe(200);
});
