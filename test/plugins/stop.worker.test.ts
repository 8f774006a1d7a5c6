import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startTestStack } from "../support/start-test-stack.ts";
import { archive, newKey, newName } from "./archives.ts";
import { pluginForm } from "./plugins.ts";

const DOWNLOADS = 25;

test("downloads counted in the last moment before a stop are there after the next start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "slipway-plugins-"));
  try {
    const name = newName();
    const first = await startTestStack({}, folder, join(folder, "log"));
    try {
      const body = pluginForm(newKey(), await archive({ name }));
      expect((await fetch(`${first.url}/api/plugins/upload`, { method: "POST", body })).status).toBe(200);
      const link = `${first.url}/api/plugins/version/download?name=${name}&version=1.0.0`;
      const answers = Array.from({ length: DOWNLOADS }, () => fetch(link, { redirect: "manual" }));
      for (const answer of await Promise.all(answers)) expect(answer.status).toBe(302);
    } finally {
      await first.stop();
    }
    const second = await startTestStack({}, folder, join(folder, "log"));
    try {
      const list = (await (await fetch(`${second.url}/api/plugins/list`)).json()) as { data: unknown[] };
      expect(list.data).toEqual([expect.objectContaining({ name, total_download_count: DOWNLOADS })]);
    } finally {
      await second.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
