import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { workerdConfig, type WorkerdConfig } from "../../scripts/stack/workerd-config.ts";

const workerd = (createRequire(import.meta.url)("workerd") as { default: string }).default;

const config: WorkerdConfig = {
  compatibilityDate: "2026-07-15",
  compatibilityFlags: ["nodejs_compat"],
  modules: [],
  variables: {},
  listen: "127.0.0.1:8000",
  controlSocket: "/tmp/a folder/control.sock",
  assets: "/tmp/assets",
  bucket: null,
  certificates: [],
};

test.each([
  'quotes " and \\ backslashes',
  "lines\nand\ttabs\r\n",
  "Grüße, 你好, 🚢",
  "\u0001\u007f\u0085",
  "$(rm -rf /) `id` ${x}",
])("hands a value on as it is: %j", async (value) => {
  const folder = await mkdtemp(join(tmpdir(), "slipway-config-"));
  try {
    const worker = join(folder, "worker.js");
    await writeFile(
      worker,
      `export default { test(controller, env) {
        if (env.VALUE !== ${JSON.stringify(value)}) throw new Error(JSON.stringify(env.VALUE));
      } };
      export const control = { fetch: () => new Response() };`,
    );
    const file = join(folder, "workerd.capnp");
    const modules = [{ name: "worker.js", type: "esModule" as const, path: worker }];
    await writeFile(file, workerdConfig({ ...config, assets: folder, modules, variables: { VALUE: value } }));
    await expect(promisify(execFile)(workerd, ["test", "-I/", file])).resolves.toBeDefined();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("listens for clients and, on a socket of the file system, for the stack: nowhere else", () => {
  const written = workerdConfig({
    ...config,
    bucket: { socket: "/tmp/bucket.sock", objects: "/tmp/objects" },
  });
  const sockets = written.slice(written.indexOf("sockets = ["));
  expect(Array.from(sockets.matchAll(/address = "([^"]+)"/g), ([, address]) => address)).toEqual([
    "127.0.0.1:8000",
    "unix:/tmp/a folder/control.sock",
  ]);
});
