import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "../../scripts/process/processes.ts";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { findSqld } from "../../scripts/stack/sqld.ts";
import { startServer, type ServerProcess } from "../support/server-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let dataDir: string;
let server: ServerProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-e2e-"));
  dataDir = join(folder, "data");
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<string> {
  server = startServer(dataDir, { ADMIN_USERNAME: "Root" });
  return server.ready;
}
async function stop(): Promise<void> {
  if (server && isAlive(server.pid)) process.kill(server.pid, "SIGTERM");
  await server?.exited;
}

const secrets = async () => JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as Secrets;

/** `npm run admin -- ...`, without a terminal. */
async function admin(args: string[], settings: Record<string, string> = { DATA_DIR: dataDir }) {
  const child = spawn(process.execPath, ["scripts/admin.ts", ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => void child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr, password: /^ {2}(\S+)$/m.exec(stdout)?.[1] ?? "" };
}

async function login(url: string, password: string) {
  const answer = await fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "root", password }),
  });
  return { status: answer.status, body: (await answer.json()) as { token?: string } };
}

async function isSignedIn(url: string, token: string | undefined): Promise<boolean> {
  const answer = await fetch(`${url}/api/users/me`, { headers: { authorization: `Bearer ${token}` } });
  return answer.status === 200;
}

test("a password is reset beside a running server, on data at rest, and on a database elsewhere", async () => {
  let url = await start();
  const { adminPassword } = await secrets();
  const { body } = await login(url, adminPassword);
  expect(await isSignedIn(url, body.token)).toBe(true);
  for (let n = 0; n < 5; n++) await login(url, "wrong");

  const beside = await admin(["reset-password"]);
  expect(beside, beside.stderr).toMatchObject({ code: 0, stderr: "" });
  expect(beside.stdout).toContain("Root has another password");
  expect(beside.password.length).toBeGreaterThanOrEqual(20);
  expect(await isSignedIn(url, body.token)).toBe(false);
  expect((await login(url, adminPassword)).status).toBe(401);
  expect((await login(url, beside.password)).status).toBe(200);

  const database = await findSqld(dataDir, await secrets());
  const elsewhere = await admin(["reset-password", "admin@example.com"], {
    LIBSQL_URL: database?.url ?? "",
    LIBSQL_AUTH_TOKEN: database?.authToken ?? "",
  });
  expect((await login(url, elsewhere.password)).status).toBe(200);

  expect(await admin(["reset-password", "somebody"])).toMatchObject({
    code: 1,
    stderr: "There is no account somebody: give the user name or mail address that it signs in with\n",
  });
  expect((await login(url, elsewhere.password)).status).toBe(200);

  await stop();
  const atRest = await admin(["reset-password", "ROOT"]);
  expect(atRest, atRest.stderr).toMatchObject({ code: 0 });
  url = await start();
  expect((await login(url, elsewhere.password)).status).toBe(401);
  const { body: again } = await login(url, atRest.password);
  const actions = await fetch(`${url}/api/logs/user-actions?page_size=100`, {
    headers: { authorization: `Bearer ${again.token}` },
  });
  const { data } = (await actions.json()) as { data: { items: { action: string; actor: string }[] } };
  const resets = data.items.filter(({ action }) => action === "password.reset");
  expect(resets.map(({ actor }) => actor)).toEqual(["operator", "operator", "operator"]);
});

test("what cannot be done is said in a line, and changes nothing", async () => {
  const nowhere = await admin(["reset-password"]);
  expect(nowhere).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^DATA_DIR: there is no data in .+\n$/),
  });
  expect(await admin([])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("npm run admin -- reset-password [USERNAME]"),
  });
  const away = await admin(["reset-password"], { LIBSQL_URL: "http://127.0.0.1:1" });
  expect(away).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^The password is not changed: .+\n$/),
  });
});
