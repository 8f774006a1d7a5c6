import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { bucketKeys, execute } from "../support/behind.ts";
import { hasBrowser, launch, signIn, withConsole } from "../support/console.ts";
import { dropPaths } from "../support/drop.ts";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";

const browserTest = test.skipIf(!hasBrowser);
const MIB = 1024 * 1024;
const DROP = '[data-testid="drop"]';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "slipway-console-"));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });

const onPublishPage = (work: (page: Page, troubles: string[]) => Promise<void>) =>
  withConsole(browser, stack(), async (open) => {
    await signIn(open, "admin", PASSWORD);
    await open.page.goto("/console/publish");
    await work(open.page, open.troubles);
  });

async function newFile(name: string, mebibytes: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, new Uint8Array(randomBytes(mebibytes * MIB)));
  return path;
}

/** Lets a page send so many bytes a second, or as many as it can. */
async function limitUploads(page: Page, bytesPerSecond: number | null): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const uploadThroughput = bytesPerSecond ?? -1;
  const others = { offline: false, latency: 0, downloadThroughput: -1 };
  await devtools.send("Network.emulateNetworkConditions", { ...others, uploadThroughput });
}

const nameOf = (software: string) => `${software}-v1.0.0-full-windows-x64.zip`;
const offered = (software: string) =>
  stack().request<{ has_update: boolean; update_info: { is_critical: boolean } | null }>(
    `/api/v1/version/check?software=${software}&current_version=0.9.0&platform=windows&arch=x64&force=true&device_id=d`,
  );

browserTest(
  "progress moves within a part; pausing keeps the parts that were sent, and it goes on",
  async () => {
    const path = await newFile(nameOf("pausing"), 64);
    await onPublishPage(async (page, troubles) => {
      await dropPaths(page, DROP, [path]);
      await limitUploads(page, 8 * MIB);
      await page.getByRole("button", { name: "Publish now" }).click();
      await page.getByText(/^[1-9](\.\d+)? MiB of 64 MiB$/).waitFor();
      await page.getByText(/B\/s, \d+ sec left/).waitFor();
      await page.waitForFunction(() => localStorage.getItem("slipway-publication")?.includes('"etags":{"'));
      const ended = page.waitForEvent("requestfailed");
      await page.getByRole("button", { name: "Pause" }).click();
      expect((await ended).method()).toBe("PUT");
      await page.getByText("paused", { exact: true }).waitFor();
      await page.getByText(/^(8|16|24|32) MiB of 64 MiB$/).waitFor();
      await page.getByRole("link", { name: "Overview" }).first().click();
      await page.getByRole("link", { name: /^pausing is paused: \d/ }).click();
      await limitUploads(page, 8 * MIB);
      await page.getByRole("button", { name: "Go on" }).click();
      await page.getByText("being sent", { exact: true }).waitFor();
      const asked = page.waitForEvent("dialog");
      const left = page.goto("/console/account").catch(() => undefined);
      const dialog = await asked;
      expect(dialog.type()).toBe("beforeunload");
      await dialog.dismiss();
      await left;
      await page.getByRole("link", { name: "Overview" }).first().click();
      await page.getByRole("link", { name: /^Publishing pausing: \d/ }).click();
      await limitUploads(page, null);
      await page.getByText("pausing 1.0.0 is published").waitFor();
      expect(troubles).toEqual([]);
    });
    expect((await offered("pausing")).body.has_update).toBe(true);
  },
);

browserTest("a server that is away is said to be tried again, and then it goes on", async () => {
  const path = await newFile(nameOf("away"), 48);
  await onPublishPage(async (page) => {
    await dropPaths(page, DROP, [path]);
    await limitUploads(page, 16 * MIB);
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.getByText(/B\/s, \d+ sec left/).waitFor();
    await page.route(/partNumber=/, (route) => route.abort("connectionrefused"));
    await page.getByText(/^The server does not answer since .+ tried again for another/).waitFor();
    expect(await page.getByText(/B\/s, \d+ sec left/).count()).toBe(0);
    await page.unroute(/partNumber=/);
    await page.getByText("away 1.0.0 is published").waitFor();
  });
});

browserTest("giving up leaves nothing on the server, and no token is kept meanwhile", async () => {
  const dist = join(folder, "given-up");
  await mkdir(dist);
  const [small, large] = [
    await newFile("given-up/giving-up-v1.0.0-full-linux-x64.zip", 1),
    await newFile("given-up/giving-up-v1.0.0-full-windows-x64.zip", 8),
  ];
  await onPublishPage(async (page) => {
    const before = await bucketKeys(stack());
    await dropPaths(page, DROP, [small, large]);
    await limitUploads(page, MIB);
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.getByText("verified", { exact: true }).waitFor();
    const kept = await page.evaluate(() =>
      [localStorage, sessionStorage].map((storage) => Object.values(storage).join()).join(),
    );
    expect(kept).toContain("upl_");
    expect(kept).not.toMatch(/token|upt_/);
    await page.getByRole("button", { name: "Give up" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Give up" }).click();
    await page.locator(DROP).waitFor();
    const rows = await execute(
      stack(),
      "SELECT DISTINCT state FROM uploads WHERE file_name LIKE 'giving-up%'",
    );
    expect(rows.map(({ state }) => state)).toEqual(["aborted"]);
    expect(await bucketKeys(stack())).toEqual(before);
    expect(await page.evaluate(() => localStorage.getItem("slipway-publication"))).toBeNull();
  });
  const release = await stack().request("/api/v1/releases/giving-up/1.0.0", { asPublisher: true });
  expect(release.status).toBe(404);
});

browserTest("a folder is chosen with the button, and published as what is in it", async () => {
  const dist = join(folder, "chosen");
  await mkdir(join(dist, "inside"), { recursive: true });
  await newFile(`chosen/${nameOf("chosen")}`, 1);
  await writeFile(join(dist, "inside", "notes.txt"), "nothing to publish");
  await onPublishPage(async (page, troubles) => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a folder" }).click();
    await (await choosing).setFiles(dist);
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.getByText("chosen 1.0.0 is published").waitFor();
    expect(troubles).toEqual([]);
  });
  expect((await offered("chosen")).body.has_update).toBe(true);
});

browserTest(
  "a critical version is published with a rollout; what the server refuses is said at its field",
  async () => {
    await publish(stack(), { version: "0.9.0", software: "careful" });
    const path = await newFile(nameOf("careful"), 1);
    await onPublishPage(async (page) => {
      await dropPaths(page, DROP, [path]);
      await page.getByLabel(/Release notes/).fill("# With care");
      await page.getByText("For special cases").click();
      await page.getByLabel("Critical update").click();
      await page.getByLabel("Lowest version that may update to it").fill("5.0.0");
      await page.getByLabel("Roll it out in steps").click();
      await page.getByRole("button", { name: "Remove step 1" }).click();
      await page.getByLabel("Minimum hours").first().fill("6");
      await page.getByRole("button", { name: "Publish now" }).click();
      const field = page.getByLabel("Lowest version that may update to it");
      await page.getByText(/min_update_from: name a version older than 1\.0\.0/).waitFor();
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      await field.fill("0.9.0");
      await page.getByRole("button", { name: "Publish now" }).click();
      await page
        .getByText("careful 1.0.0 is published, and offered to 10% of the devices at first")
        .waitFor();
      expect(await page.getByText(/^Publishing careful/).count()).toBe(0);
      await page.getByRole("link", { name: "Open the rollout of 1.0.0" }).click();
      await page
        .getByRole("heading", { name: /careful 1\.0\.0/ })
        .first()
        .waitFor();
    });
    const { body } = await stack().request<{ items: unknown[] }>("/api/v1/rollouts?software=careful", {
      asPublisher: true,
    });
    expect(body.items).toMatchObject([
      {
        version: "1.0.0",
        percent: 10,
        steps: [{ min_hours: 6 }, { percent: 50, min_hours: 24 }, { percent: 100 }],
      },
    ]);
    const release = await stack().request("/api/v1/releases/careful/1.0.0", { asPublisher: true });
    expect(release.body).toMatchObject({ state: "published", notes: "# With care", waiting: [] });
    expect((await offered("careful")).body.update_info).toMatchObject({ is_critical: true });
    const versions = await stack().request<{ items: { version: string }[] }>("/api/v1/releases/careful", {
      asPublisher: true,
    });
    expect(versions.body.items.find(({ version }) => version === "1.0.0")).toMatchObject({
      min_update_from: "0.9.0",
      is_critical: true,
    });
  },
);

const TAKEN = /This package exists already, with other content/;
const statesOf = async (software: string) => {
  const rows = await execute(
    stack(),
    `SELECT DISTINCT state FROM uploads WHERE file_name LIKE '${software}%' AND state <> 'ready'`,
  );
  return rows.map(({ state }) => state);
};

browserTest(
  "what is there with other content is said at its version, and nothing typed is lost",
  async () => {
    await publish(stack(), { version: "1.0.0", software: "taken", platform: "windows", arch: "x64" });
    await mkdir(join(folder, "taken"));
    const paths = [
      await newFile("taken/taken-v1.0.0-full-linux-x64.zip", 8),
      await newFile(`taken/${nameOf("taken")}`, 1),
    ];
    await onPublishPage(async (page) => {
      await dropPaths(page, DROP, paths);
      await page.getByLabel(/Release notes/).fill("What is new");
      await page.getByRole("button", { name: "Publish now" }).click();
      const row = page.getByRole("listitem").filter({ hasText: nameOf("taken") });
      await row.getByText(TAKEN).waitFor();
      expect(await row.getByLabel("Version", { exact: true }).getAttribute("aria-invalid")).toBe("true");
      expect(await page.getByLabel(/Release notes/).inputValue()).toBe("What is new");
      // What was begun is ended behind the form, which waits for nothing.
      await expect.poll(() => statesOf("taken")).toEqual(["aborted"]);
      for (const field of await page.getByLabel("Version", { exact: true }).all()) await field.fill("1.0.1");
      await page.getByRole("button", { name: "Publish now" }).click();
      await page.getByText("taken 1.0.1 is published").waitFor();
    });
  },
);

browserTest("refused after a reload, it leads back to choosing files, with the notes", async () => {
  const path = await newFile(nameOf("overtaken"), 6);
  await onPublishPage(async (page) => {
    await dropPaths(page, DROP, [path]);
    await page.getByLabel(/Release notes/).fill("What is new");
    await limitUploads(page, MIB);
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.getByText(/^[1-5](\.\d+)? MiB of 6 MiB$/).waitFor();
    await page.reload();
    await limitUploads(page, null);
    await publish(stack(), { version: "1.0.0", software: "overtaken", platform: "windows", arch: "x64" });
    await dropPaths(page, DROP, [path]);
    await page.getByText(TAKEN).waitFor();
    expect(await page.getByRole("button", { name: "Go on" }).count()).toBe(0);
    await page.getByRole("button", { name: "Choose the files again" }).click();
    await dropPaths(page, DROP, [path]);
    expect(await page.getByLabel(/Release notes/).inputValue()).toBe("What is new");
    await expect.poll(() => statesOf("overtaken")).not.toContain("pending");
  });
});
