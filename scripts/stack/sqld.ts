import { createPrivateKey, sign } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ask } from "./ask.ts";
import { sqldUrlFile, type DataDir } from "./data-dir.ts";
import { reason, StackError } from "./errors.ts";
import { commandOf, freePort, readPid } from "../process/processes.ts";
import type { Secrets } from "./secrets.ts";
import { supervise, type ServerOptions } from "./supervise.ts";

const START_MS = 30_000;
/** How often a start is tried, because a port that was free may be taken by the time sqld listens. */
const START_TRIES = 5;
const PORT_TAKEN = "Address already in use";
/** sqld has 5 s to close its connections; after that it is killed. */
const STOP_MS = 8000;
/**
 * How often the stack has sqld make a checkpoint. sqld's own checkpoints follow commits, and under some thirty writers at
 * once they may wait for readers that wait for them, so that nothing is written any more.
 */
const CHECKPOINT_SECONDS = 15;
/** Without its errors about what clients ask, who are told themselves, and about streams that end, as they do at each stop. */
const LOGGED = "warn,libsql_server::hrana=off";

export type Sqld = { url: string; authToken: string; stop: () => Promise<void> };

/**
 * Starts the real libSQL server on free loopback ports, with each commit synced to disk, and starts it again whenever it
 * dies. Only holders of the token may use it.
 * @throws StackError when it does not become healthy.
 */
export async function startSqld(
  dir: DataDir,
  secrets: Secrets,
  stack: Pick<ServerOptions, "notice" | "gaveUp">,
): Promise<Sqld> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnFreePorts(dir, secrets, stack);
    } catch (error) {
      if (tries === START_TRIES || !String(error).includes(PORT_TAKEN)) throw error;
    }
  }
}

/**
 * The database that a running stack has on this folder; null where none runs.
 * @param root the folder of its data
 */
export async function findSqld(root: string, secrets: Secrets): Promise<Omit<Sqld, "stop"> | null> {
  const file = sqldUrlFile(root);
  // A stack that was killed may have left the file, and somebody else's server may have the port since.
  const pid = readPid(join(root, "run", "sqld.pid"));
  if (!existsSync(file) || pid === null || !commandOf(pid)?.includes("sqld")) return null;
  const url = readFileSync(file, "utf8");
  const answer = await ask(new URL("/health", url)).catch(() => null);
  return answer?.status === 200 ? { url, authToken: signToken(secrets.sqldPrivateKey) } : null;
}

async function startOnFreePorts(
  dir: DataDir,
  secrets: Secrets,
  stack: Pick<ServerOptions, "notice" | "gaveUp">,
): Promise<Sqld> {
  const binary = sqldBinary();
  const ports = { http: await freePort(), admin: await freePort() };
  const url = `http://127.0.0.1:${ports.http}`;
  const keyFile = join(dir.root, "sqld-public.key");
  writeFileSync(keyFile, secrets.sqldPublicKey, { mode: 0o600 });
  const options = [
    `--db-path=${dir.database}`,
    `--http-listen-addr=127.0.0.1:${ports.http}`,
    `--admin-listen-addr=127.0.0.1:${ports.admin}`,
    `--auth-jwt-key-file=${keyFile}`,
    "--shutdown-timeout=5",
    `--checkpoint-interval-s=${CHECKPOINT_SECONDS}`,
    "--no-welcome",
    "--disable-metrics",
  ];
  const logFile = join(dir.root, "sqld.log");
  const server = supervise({
    name: "sqld",
    command: [binary, ...options],
    // Passed in the environment, because other users can read command lines.
    env: { ...process.env, LIBSQL_ADMIN_AUTH_KEY: secrets.sqldAdminKey, RUST_LOG: LOGGED },
    stdio: () => {
      const log = openSync(logFile, "w", 0o600);
      return { streams: ["ignore", log, log], close: () => closeSync(log) };
    },
    pidFile: dir.sqldPid,
    restarted: serveAgain,
    notice: (line) => stack.notice(`${line}; see ${logFile}`),
    gaveUp: stack.gaveUp,
    stopMs: STOP_MS,
  });
  async function untilServing(): Promise<void> {
    // Somebody else's server may have taken the port meanwhile, and may even answer like ours.
    const ended = new AbortController();
    server.child.once("exit", () => ended.abort());
    await untilHealthy(url, ended.signal);
    await syncEveryCommit(`http://127.0.0.1:${ports.admin}`, secrets.sqldAdminKey, ended.signal);
  }
  function serveAgain(): void {
    const { child } = server;
    untilServing().catch((error: unknown) => {
      // Where it ended once more, that is told already.
      const isAlive = child.exitCode === null && child.signalCode === null;
      if (isAlive)
        stack.notice(
          `The database does not sync its commits to disk, and a power cut may take the last ones: stop, and start again (${reason(error)})`,
        );
    });
  }
  try {
    await untilServing();
  } catch (error) {
    await server.stop();
    throw new StackError(`The database (sqld) does not start: ${reasonIn(logFile) ?? reason(error)}`);
  }
  server.up();
  writeFileSync(dir.sqldUrl, url, { mode: 0o600 });
  return { url, authToken: signToken(secrets.sqldPrivateKey), stop: server.stop };
}

/** What sqld said last before the backtrace with which it ends; null where it said nothing. */
function reasonIn(logFile: string): string | null {
  const [said = ""] = readFileSync(logFile, "utf8").split(/^stack backtrace:/im);
  return said.trim().split("\n").at(-1) || null;
}

async function untilHealthy(url: string, ended: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && !ended.aborted) {
    const answer = await ask(new URL("/health", url), { signal: ended }).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("not healthy");
}

/** sqld does not sync commits to disk until its admin API is told so, at each start: it forgets that when it ends. */
async function syncEveryCommit(admin: string, key: string, ended: AbortSignal): Promise<void> {
  const address = new URL("/v1/namespaces/default/config", admin);
  const headers = { authorization: `basic ${key}`, "content-type": "application/json" };
  const read = async () =>
    JSON.parse((await ask(address, { headers, signal: ended })).body) as { durability_mode?: string };
  const wanted = JSON.stringify({ ...(await read()), durability_mode: "strong" });
  await ask(address, { method: "POST", headers, signal: ended }, wanted);
  if ((await read()).durability_mode !== "strong") throw new Error("durability_mode stays weak");
}

/** A token without expiry for the embedded server, which only this machine reaches. */
function signToken(privateKeyPem: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${encode({ alg: "EdDSA", typ: "JWT" })}.${encode({ a: "rw" })}`;
  const signature = sign(null, Buffer.from(text), createPrivateKey(privateKeyPem));
  return `${text}.${signature.toString("base64url")}`;
}

function sqldBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  const modules = dirname(dirname(createRequire(import.meta.url).resolve("sqld/package.json")));
  const binary = join(modules, "@sqld", platform, "sqld");
  if (existsSync(binary)) return binary;
  throw new StackError(
    `There is no embedded database for ${platform}: set LIBSQL_URL (and LIBSQL_AUTH_TOKEN) to a libSQL server`,
  );
}
