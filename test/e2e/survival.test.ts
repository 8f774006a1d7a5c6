import { mkdtemp, readFile, readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isAlive } from "../../scripts/process/processes.ts";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { packageForm, sha256Of, newBytes, type ListedPackage, type Published } from "../support/publish.ts";
import { startServer, type ServerProcess } from "../support/server-process.ts";

const RECOVERY = { timeout: 20_000, interval: 100 };
const CHECK = "/api/v1/version/check?current_version=0.9.0&platform=windows&arch=x64";

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
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function start(settings: Record<string, string> = {}) {
  const server = startServer(dataDir, { QUERIES_PER_MINUTE: "1000000", ...settings }, "node", true);
  started.push(server);
  return { server, url: await server.ready };
}

async function publish(url: string, version: string, bytes: Uint8Array<ArrayBuffer>): Promise<Published> {
  const { apiKey } = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as Secrets;
  const body = packageForm({ version, package_type: "full" }, bytes);
  const answer = await fetch(`${url}/api/v1/upload/package`, {
    method: "POST",
    headers: { "x-api-key": apiKey },
    body,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Published;
}

const download = async (url: string, { download_url }: Published) =>
  sha256Of(new Uint8Array(await (await fetch(url + download_url)).arrayBuffer()));

async function healthy(url: string): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await fetch(`${url}/health?deep=1`);
    expect(await answer.json()).toMatchObject({ status: "healthy" });
  }, RECOVERY);
}

test("a signal to the whole process group ends it in order, with what was in memory written", async () => {
  const { server, url } = await start();
  const bytes = newBytes(200_000);
  const published = await publish(url, "1.0.0", bytes);
  for (let client = 0; client < 3; client++) expect(await download(url, published)).toBe(sha256Of(bytes));
  const servers = server.servers();
  process.kill(-server.pid, "SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(servers.filter(isAlive)).toEqual([]);

  const again = await start();
  const listed = (await (await fetch(`${again.url}/api/v1/packages`)).json()) as ListedPackage[];
  expect(listed[0]?.download_count).toBe(3);
});

test("SIGTERM to every single process, as a service manager sends it, loses no count either", async () => {
  const { server, url } = await start();
  const published = await publish(url, "1.0.0", newBytes());
  await download(url, published);
  for (const pid of [...server.servers(), server.pid]) process.kill(pid, "SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(server.servers()).toEqual([]);

  const again = await start();
  const listed = (await (await fetch(`${again.url}/api/v1/packages`)).json()) as ListedPackage[];
  expect(listed[0]?.download_count).toBe(1);
});

test("each server that is killed is started again, and nothing acknowledged is lost", async () => {
  const { server, url } = await start();
  const kept = newBytes(100_000);
  const published = await publish(url, "1.0.0", kept);
  for (const name of ["workerd", "bucket", "sqld"] as const) {
    const killed = server.pidOf(name);
    process.kill(killed, "SIGKILL");
    await vi.waitFor(() => expect(server.pidOf(name)).not.toBe(killed), RECOVERY);
    await vi.waitFor(async () => expect(await download(url, published)).toBe(sha256Of(kept)), RECOVERY);
    await healthy(url);
    expect(server.stderr()).toContain(`${name} ended (SIGKILL) and is being started again`);
  }
  const version = await publish(url, "1.1.0", newBytes());
  expect(version.version).toBe("1.1.0");
});

test("while the bucket is started again, clients are told to come back, and the log says that alone", async () => {
  const { server, url } = await start();
  const bytes = newBytes(1000);
  const published = await publish(url, "1.0.0", bytes);
  const file =
    (await fetch(url + published.download_url, { redirect: "manual" })).headers.get("location") ?? "";
  const ask = () => fetch(new URL(file, url));
  expect((await ask()).status).toBe(200);
  const killed = server.pidOf("bucket");
  process.kill(killed, "SIGKILL");
  const away = await vi.waitFor(async () => {
    const answer = await ask();
    expect(answer.status).toBe(503);
    return answer;
  }, RECOVERY);
  expect(away.headers.get("retry-after")).toBe("1");
  expect(await away.text()).toContain("<Code>ServiceUnavailable</Code>");
  await vi.waitFor(async () => expect(await download(url, published)).toBe(sha256Of(bytes)), RECOVERY);
  expect(server.stderr().trim().split("\n")).toEqual(["bucket ended (SIGKILL) and is being started again"]);
});

test("serves on when nobody reads its log, and stops when it is told to", async () => {
  const { server, url } = await start();
  await publish(url, "1.0.0", newBytes());
  server.stopReading();
  for (let round = 0; round < 60; round++) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(url + CHECK)));
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }
  }
  process.kill(server.pid, "SIGTERM");
  await vi.waitFor(() => expect(isAlive(server.pid)).toBe(false), RECOVERY);
});

test.runIf(process.platform === "linux")(
  "listens where clients come in, on sqld's two ports and nowhere else",
  async () => {
    const { server, url } = await start();
    const ports = await listeningPorts([server.pid, ...server.servers()]);
    expect(ports.get(server.pidOf("workerd"))).toEqual([Number(new URL(url).port)]);
    expect(ports.get(server.pidOf("sqld"))).toHaveLength(2);
    expect(ports.get(server.pidOf("bucket"))).toEqual([]);
    expect(ports.get(server.pid)).toEqual([]);
  },
);

/** The TCP ports on which each process listens. */
async function listeningPorts(pids: number[]): Promise<Map<number, number[]>> {
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8")));
  const LISTENING = "0A";
  const portOf = new Map<string, number>();
  for (const row of tables.flatMap((table) => table.split("\n").slice(1))) {
    const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
    if (state === LISTENING) portOf.set(inode, Number.parseInt(local.split(":")[1] ?? "", 16));
  }
  const found = new Map<number, number[]>();
  for (const pid of pids) {
    const fds = await readdir(`/proc/${pid}/fd`);
    const targets = await Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => "")));
    const inodes = targets.map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? "");
    found.set(
      pid,
      inodes.flatMap((inode) => portOf.get(inode) ?? []),
    );
  }
  return found;
}
