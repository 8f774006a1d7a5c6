import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDataDir } from "../../scripts/stack/data-dir.ts";
import { openSecrets } from "../../scripts/stack/secrets.ts";
import { startSqld } from "../../scripts/stack/sqld.ts";

const taken = vi.hoisted(() => ({ ports: [] as number[] }));

vi.mock(import("../../scripts/process/processes.ts"), async (load) => {
  const real = await load();
  return { ...real, freePort: async (...where) => taken.ports.shift() ?? (await real.freePort(...where)) };
});

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
  return await startSqld(dir, secrets, {
    notice: () => {},
    gaveUp: (error) => {
      throw error;
    },
  });
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
