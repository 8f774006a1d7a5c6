import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { hasBrowser, launch, signIn, visit, views, withConsole } from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";

const browserTest = test.skipIf(!hasBrowser);
const LONG = 300_000;

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });

browserTest(
  "devices that ask show as versions in use and in the days' charts, as a table, too",
  async () => {
    await withConsole(browser, stack(), async (open) => {
      await signIn(open, "admin", PASSWORD);
      await open.page.goto("/console/statistics");
      await open.page.getByText("No device is known yet").waitFor();
      const asks = await open.page.getByRole("region", { name: "Request that checks" }).innerText();

      await publish(stack(), { version: "2.0.0" });
      await publish(stack(), { version: "1.0.0" });
      for (let device = 0; device < 4; device++) {
        const version = device === 0 ? "1.0.0" : "2.0.0";
        const query = `current_version=${version}&platform=windows&arch=x64&device_id=device-${device}`;
        expect((await stack().request(`/api/v1/version/check?${query}`)).status).toBe(200);
      }
      // What is shown to be copied makes an id, and keeps it: two devices, however often they ask.
      for (const home of ["one", "other"].map((name) => mkdtempSync(join(tmpdir(), name)))) {
        for (let times = 0; times < 2; times++) {
          const { PATH } = process.env;
          const answer = execFileSync("sh", ["-ec", asks], { env: { PATH, HOME: home }, stdio: "pipe" });
          expect(JSON.parse(String(answer))).toMatchObject({ has_update: true });
        }
      }
      // Devices are counted behind the answer.
      const seen = async () => {
        const path = "/api/v1/statistics/adoption?software=omega";
        return (await stack().request<{ devices: number }>(path, { asPublisher: true })).body.devices;
      };
      await expect.poll(seen, { timeout: 20_000 }).toBe(6);
      await open.page.reload();
      await open.page.getByText("6 devices asked in the last 30 days.").waitFor();
      const row = open.page
        .getByRole("table", { name: "Versions in use" })
        .getByRole("row", { name: /^2\.0\.0/ });
      expect(await row.textContent()).toMatch(/50%/);
      await open.page
        .getByRole("img", { name: /Checks by version, each day: 1.0.0 .*; 2.0.0 from 0 to 3, last 3/ })
        .waitFor();

      await open.page.getByLabel("Period").click();
      await open.page.getByRole("option", { name: "Last 7 days" }).click();
      await open.page.waitForURL(/days=7/);
      await open.page.getByText("6 devices asked in the last 7 days.").waitFor();
      expect(open.troubles).toEqual([]);
    });
    for (const view of views) {
      await withConsole(
        browser,
        stack(),
        async (open) => {
          await signIn(open, "admin", PASSWORD);
          await visit(open, "/console/statistics?software=omega&days=own", view);
          expect(await open.page.getByRole("img").count()).toBeGreaterThan(0);
        },
        view,
      );
    }
  },
  LONG,
);
