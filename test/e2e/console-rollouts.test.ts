import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { hasBrowser, launch, signIn, visit, views, withConsole } from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";
import { startRollout } from "../support/rollouts.ts";

const browserTest = test.skipIf(!hasBrowser);
const LONG = 300_000;

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD });

/** Devices report over HTTP that they installed a version; some of them that it crashes. */
async function report(software: string, version: string, devices: number, crashed: number) {
  const signals = Array.from({ length: devices }, (_, index) => ({
    software,
    version,
    device_id: `device-${index}`,
    event: index < crashed ? "crashed" : "started",
  }));
  const answer = await stack().request("/api/v1/signals", { json: { signals } });
  expect(answer.status, answer.text).toBe(202);
}

browserTest(
  "a rollout is started, pauses by itself where devices fail, goes on, and is rolled back for a reason",
  async () => {
    const software = "fleet";
    for (const version of ["1.0.0", "2.0.0"]) await publish(stack(), { version, software });
    await withConsole(browser, stack(), async (open) => {
      const { page, troubles } = open;
      await signIn(open, "admin", PASSWORD);
      await page.goto("/console/rollouts");
      await page.getByText("No version is being rolled out").first().waitFor();
      await page.getByRole("link", { name: "Start a rollout" }).first().click();
      // The list has a field called software, too.
      await page.getByRole("heading", { name: "Start a rollout", level: 1 }).waitFor();
      await page.getByLabel("Software", { exact: true }).fill(software);
      await page.getByLabel("Version").fill("2.0.0");
      await page.getByRole("button", { name: "Remove step 1" }).click();
      const needed = page.getByLabel("Reports needed").first();
      expect(await needed.inputValue()).toBe("50");
      await needed.fill("0");
      await page.getByText("0: this step ends by time alone", { exact: false }).waitFor();
      await page.getByLabel("Reports before it is judged").fill("20");
      await page.getByRole("button", { name: "Start a rollout" }).click();
      await page.getByRole("heading", { name: "fleet 2.0.0", level: 1 }).waitFor();
      await page.getByText("fleet 2.0.0 is rolled out, to 10% of the devices first").first().waitFor();
      await page.getByText("No device has reported yet.").waitFor();
      await page.getByText("No reports are needed for that", { exact: false }).waitFor();
      await page.getByRole("cell", { name: "none: by time alone" }).waitFor();

      await report(software, "2.0.0", 30, 15);
      await page.reload();
      await page.getByText(/Nothing by itself: nobody is offered the version/).waitFor();
      await page
        .getByText(/15 of 30 devices failed: 50%, and with 95% confidence/)
        .first()
        .waitFor();
      await page.getByText("its policy").first().waitFor();
      await page.getByRole("img", { name: /Failure rate: 50%, with 95% confidence/ }).waitFor();

      await page.getByRole("button", { name: "Resume" }).click();
      await page.getByRole("dialog").getByLabel("Reason").fill("It was the network");
      await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
      await page.getByText("fleet 2.0.0 goes on, at 10% of the devices").first().waitFor();
      await page.getByText("It was the network").first().waitFor();

      await page.getByRole("button", { name: "Roll back" }).click();
      await page.getByText(/devices that run it are led back to the version before/).waitFor();
      await page.getByRole("dialog").getByLabel("Reason").fill("It loses files");
      await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
      await page.getByText(/the version is withdrawn for good/).waitFor();
      expect(await page.getByRole("button", { name: "Resume" }).count()).toBe(0);
      await page.goto("/console/rollouts?state=rolled_back");
      await page.getByRole("link", { name: "fleet 2.0.0" }).waitFor();
      expect(troubles).toEqual([]);
    });
  },
  LONG,
);

browserTest("a form that the server refuses says so in its words, and keeps what was typed", async () => {
  await withConsole(browser, stack(), async (open) => {
    const { page } = open;
    await signIn(open, "admin", PASSWORD);
    await page.goto("/console/rollouts/new?software=none&version=7.0.0");
    await page.getByRole("button", { name: "Start a rollout" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Version").inputValue()).toBe("7.0.0");
  });
});

browserTest(
  "a rollout that fails is first on the overview, and its page is sound in every view",
  async () => {
    const software = "fares";
    for (const version of ["1.0.0", "2.0.0", "3.0.0"]) await publish(stack(), { version, software });
    const failing = await startRollout(stack(), software, "2.0.0", 10);
    await startRollout(stack(), software, "3.0.0", 10);
    await report(software, "2.0.0", 30, 3);
    for (const view of views) {
      await withConsole(
        browser,
        stack(),
        async (open) => {
          await signIn(open, "admin", PASSWORD);
          const first = open.page
            .locator("main, #content")
            .getByRole("link", { name: /^fares / })
            .first();
          await first.waitFor();
          expect((await first.textContent())?.trim()).toBe("fares 2.0.0");
          await visit(open, `/console/rollouts/${failing.id}`, view);
        },
        view,
      );
    }
  },
  LONG,
);
