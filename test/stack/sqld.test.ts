import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readPid } from "../../scripts/process/processes.ts";
import { openDataDir } from "../../scripts/stack/data-dir.ts";
import { openSecrets } from "../../scripts/stack/secrets.ts";
import { startSqld } from "../../scripts/stack/sqld.ts";

const taken = vi.hoisted(() => ({ ports: [] as number[] }));

vi.mock(import("../../scripts/process/processes.ts"), async (load) => {
  const real = await load();
  return { ...real, freePort: async (...where) => taken.ports.shift() ?? (await real.freePort(...where)) };
});

const RECOVERY = { timeout: 20_000, interval: 50 };

let folder: string;
let occupant: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-sqld-"));
  occupant = createServer();
  await new Promise<void>((resolve) => void occupant.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  occupant.close();
  rmSync(folder, { recursive: true, force: true });
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function start() {
  const dir = await openDataDir(join(folder, "data"));
  const { secrets } = openSecrets(folder);
  const notices: string[] = [];
  const sqld = await startSqld(dir, secrets, {
    notice: (line) => void notices.push(line),
    gaveUp: (error) => {
      throw error;
    },
  });
  const ask = (body: object) =>
    fetch(new URL("/v2/pipeline", sqld.url), {
      method: "POST",
      headers: { authorization: `Bearer ${sqld.authToken}` },
      body: JSON.stringify(body),
    });
  return { ...sqld, dir, ask, notices };
}

type Rows = { results: { response: { result: { rows: { value: string }[][] } } }[] };

async function isSynced({ ask }: Pick<Awaited<ReturnType<typeof start>>, "ask">): Promise<boolean> {
  const requests = [{ type: "execute", stmt: { sql: "PRAGMA synchronous" } }, { type: "close" }];
  const { results } = (await (await ask({ requests })).json()) as Rows;
  return results[0]?.response.result.rows[0]?.[0]?.value === "2";
}

test("a port that was taken since it was found free is left for another one", async () => {
  taken.ports = [portOf(occupant)];
  const sqld = await start();
  expect(new URL(sqld.url).port).not.toBe(String(portOf(occupant)));
  expect((await fetch(new URL("/health", sqld.url))).status).toBe(200);
  await sqld.stop();
});

test("where every port is taken, the reason is told and nothing of a backtrace", async () => {
  taken.ports = Array<number>(10).fill(portOf(occupant));
  await expect(start()).rejects.toThrow(
    /^The database \(sqld\) does not start: Error: Address already in use \(os error \d+\)$/,
  );
});

test("each commit is synced to disk, also once it has died and was started again", async () => {
  const sqld = await start();
  expect(await isSynced(sqld)).toBe(true);
  const killed = readPid(sqld.dir.sqldPid);
  process.kill(killed ?? 0, "SIGKILL");
  await vi.waitFor(() => expect(readPid(sqld.dir.sqldPid)).not.toBe(killed), RECOVERY);
  await vi.waitFor(async () => expect(await isSynced(sqld)).toBe(true), RECOVERY);
  expect(sqld.notices).toEqual([
    expect.stringMatching(/^sqld ended \(SIGKILL\) and is being started again; see /),
  ]);
  await sqld.stop();
});

test("its log says nothing of streams that ended with the server before, nor of a stop", async () => {
  const sqld = await start();
  const answer = await sqld.ask({ baton: "of another server", requests: [] });
  expect(answer.status).toBe(400);
  await sqld.stop();
  expect(readFileSync(join(sqld.dir.root, "sqld.log"), "utf8")).toBe("");
});
