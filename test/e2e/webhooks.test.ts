import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Secrets } from "../../scripts/stack/secrets.ts";
import { createHome } from "../cli/run-cli.ts";
import { startServer, type ServerProcess } from "../support/server-process.ts";
import { answering, isSignedWith, startReceiver, type Receiver } from "../webhooks/receiver.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** How soon a message has to leave. */
const SOON_MS = 2_000;

let folder: string;
let server: ServerProcess;
let receiver: Receiver;
let home: Awaited<ReturnType<typeof createHome>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-webhooks-"));
  const dataDir = join(folder, "data");
  server = startServer(dataDir, { POLL_INTERVAL_SECONDS: "1" });
  receiver = await startReceiver();
  const url = await server.ready;
  const { apiKey } = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8")) as Secrets;
  home = await createHome({ url, apiKey, env: {} });
});

afterAll(async () => {
  process.kill(server.pid, "SIGTERM");
  await server.exited;
  await receiver.stop();
  await home.remove();
  await rm(folder, { recursive: true, force: true });
});

async function publish(version: string) {
  const file = join(folder, "build.zip");
  await writeFile(file, `bytes of ${version}`);
  const done = await home.run(["publish", file, "--version", version, "--json"]);
  expect(done, done.stderr).toMatchObject({ code: 0 });
}

async function add(path: string, ...flags: string[]): Promise<{ id: string; secret: string }> {
  const made = await home.run(["webhooks", "add", `${receiver.url}${path}`, "--json", ...flags]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  return JSON.parse(made.stdout) as { id: string; secret: string };
}

test("a publication reaches an address within two seconds, signed, and the command line tells of it", async () => {
  const { id, secret } = await add("/soon", "--events", "package.published,package.yanked");
  await publish("1.0.0");
  const [message] = await receiver.until("/soon", 1);
  expect(Date.now() - Date.parse(String(message?.body.timestamp))).toBeLessThan(SOON_MS);
  expect(message && isSignedWith(secret, message)).toBe(true);
  expect(message?.body).toMatchObject({
    type: "package.published",
    data: { software: "omega", version: "1.0.0" },
  });

  const listed = await home.run(["webhooks", "list"]);
  expect(listed.stdout).toMatch(new RegExp(`^${id} +enabled +package.published package.yanked +all `, "m"));
  expect(await home.run(["webhooks", "test", id])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("took msg_"),
  });
  const deliveries = await home.run(["webhooks", "deliveries", id]);
  expect(deliveries.stdout).toMatch(/^msg_\w+ +webhook.test +- +delivered +1 +200 /m);
  const again = await home.run(["webhooks", "resend", id, String(message?.id)]);
  expect(again).toMatchObject({ code: 0 });
  expect(receiver.at("/soon").map((one) => one.id)).toEqual([message?.id, expect.any(String), message?.id]);
  expect(await home.run(["webhooks", "remove", id])).toMatchObject({ code: 0 });
  expect((await home.run(["webhooks", "deliveries", id])).code).toBe(4);
});

test("an address that was down gets each message once it is back, also after the server was killed meanwhile", async () => {
  const { id } = await add("/down", "--events", "package.published");
  receiver.answer((message, response) => answering(message.path === "/down" ? 503 : 200)(message, response));
  for (const version of ["2.0.0", "2.1.0", "2.2.0"]) await publish(version);
  await receiver.until("/down", 3);
  const refused = await home.run(["webhooks", "test", id]);
  expect(refused).toMatchObject({ code: 7, stderr: expect.stringContaining("answers 503") });
  process.kill(server.pidOf("workerd"), "SIGKILL");
  receiver.answer(answering(200));
  const versions = () => {
    const taken = receiver.at("/down").filter(({ body }) => body.type === "package.published");
    return [...new Set(taken.slice(3).map(({ body }) => String(body.data.version)))].toSorted();
  };
  await vi.waitFor(() => expect(versions()).toEqual(["2.0.0", "2.1.0", "2.2.0"]), {
    timeout: 60_000,
    interval: 200,
  });
  await vi.waitFor(
    async () => {
      const { stdout } = await home.run(["webhooks", "deliveries", id, "--json"]);
      const { items } = JSON.parse(stdout) as { items: { type: string; state: string }[] };
      const published = items.filter(({ type }) => type === "package.published");
      expect(published.map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
    },
    // What was refused just before the kill is tried again after a minute.
    { timeout: 90_000, interval: 500 },
  );
});
