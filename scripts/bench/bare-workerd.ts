import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../process/processes.ts";
import type { Bench } from "./bench-stack.ts";
import { answers, startServer } from "./child-server.ts";
import type { ChildServer } from "./child-server.ts";

const START_MS = 30_000;

const CONSTANT_WORKER = `export default {
  fetch: () => new Response('{"has_update":false}', { headers: { "content-type": "application/json" } }),
};
`;

const configOf = (port: number) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]);
const main :Workerd.Worker = (modules = [(name = "main.js", esModule = embed "main.js")], compatibilityDate = "2026-07-15");
`;

/** The server to compare with: `workerd serve` with a Worker that answers a constant and does nothing else. */
export async function startBareWorkerd(bench: Bench): Promise<ChildServer & { url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(bench.folder, "main.js"), CONSTANT_WORKER);
  const configFile = join(bench.folder, "bare.capnp");
  writeFileSync(configFile, configOf(port));
  const { default: binary } = createRequire(import.meta.url)("workerd") as { default: string };
  const server = await startServer({
    command: [binary, "serve", configFile],
    logFile: join(bench.folder, "bare.log"),
    isReady: () => answers(url),
    startMs: START_MS,
  });
  return { ...server, url };
}
