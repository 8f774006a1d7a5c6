import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAttemptFolder } from "../../scripts/gpu-agent/attempt-folder.ts";
import { createOutbox } from "../../scripts/gpu-agent/outbox.ts";
import type { Server } from "../../scripts/gpu-agent/server.ts";

/** After so many failures the outbox waits for half a minute by itself: longer than a test may take. */
const OUTAGES = 8;

const assignment = {
  task_id: "tsk_1",
  attempt: 1,
  task_type: "sum",
  config: {},
  timeout_seconds: 60,
  lease_seconds: 300,
  callback_url: "http://192.0.2.1/never-called",
  inputs: [],
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "slipway-outbox-"));
});
afterEach(() => rm(home, { recursive: true }));

test("sends a result as soon as the server is back, however long it was away", async () => {
  let back = new AbortController();
  let outages = 0;
  const sent: unknown[] = [];
  const server: Server = {
    async post(_path, body) {
      if (outages < OUTAGES) {
        outages++;
        // Behind the answer: by then the outbox waits.
        setImmediate(() => {
          back.abort();
          back = new AbortController();
        });
        return undefined;
      }
      sent.push(body);
      return { status: 200, body: {}, code: undefined, retryAfterMs: 0 };
    },
    returned: () => back.signal,
    tokenRefused: () => {},
  };
  const outbox = createOutbox(createAttemptFolder(home, assignment), server, () => {});
  outbox.add({ type: "completed", result: { sum: 6 } });

  expect(await outbox.run(new AbortController().signal)).toBe("acknowledged");
  expect(sent).toMatchObject([{ attempt: 1, events: [{ type: "completed", result: { sum: 6 } }] }]);
});

test("stops waiting for the server when it is told to", async () => {
  const stop = new AbortController();
  const server: Server = {
    post: async () => {
      setImmediate(() => stop.abort());
      return undefined;
    },
    returned: () => new AbortController().signal,
    tokenRefused: () => {},
  };
  const outbox = createOutbox(createAttemptFolder(home, assignment), server, () => {});
  outbox.add({ type: "completed", result: {} });

  await expect(outbox.run(stop.signal)).rejects.toThrow(/abort/i);
});
