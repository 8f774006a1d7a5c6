import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { expectSound, hasBrowser, launch, signIn, visit, views, withConsole } from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";
import { answering, isSignedWith, startReceiver, type Receiver } from "../webhooks/receiver.ts";

const browserTest = test.skipIf(!hasBrowser);
const LONG = 300_000;

let browser: Browser;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  if (hasBrowser) browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await receiver.stop();
});

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD, ALLOW_PRIVATE_WEBHOOKS: "true" });

browserTest(
  "a webhook is made, its secret shown once, a test fails, and is sent again once the address works",
  async () => {
    receiver.answer(answering(500));
    await withConsole(browser, stack(), async (open) => {
      const { page, troubles } = open;
      await signIn(open, "admin", PASSWORD);
      await page.goto("/console/webhooks");
      await page.getByText("Nobody is told of what happens here").waitFor();
      await page.getByRole("link", { name: "Add a webhook" }).first().click();
      await page.getByText(/this server also accepts addresses that are not public/).waitFor();
      await page.getByLabel("Address").fill(`${receiver.url}/console`);
      await page.getByLabel("All events, also those that come later").click();
      await page.getByLabel("package.published").click();
      await page.getByLabel("Software").pressSequentially("later");
      await page.getByRole("option", { name: "Take later as it is typed" }).waitFor();
      await page.keyboard.press("Enter");
      await expectSound(open, views[0]!, "names of software");
      await page.getByRole("button", { name: "Add a webhook" }).click();
      const secret = (await page.getByRole("region", { name: "Secret" }).textContent()) ?? "";
      expect(secret).toMatch(/^whsec_/);
      await page.getByRole("link", { name: "I have kept it" }).click();
      await page.getByText("Nothing was sent yet").waitFor();
      await page.getByRole("button", { name: "later" }).waitFor();
      expect(await page.content()).not.toContain(secret);

      await page.getByRole("button", { name: "Send a test" }).click();
      const [refused] = await receiver.until("/console", 1);
      expect(refused && isSignedWith(secret, refused)).toBe(true);
      await page.getByRole("link", { name: "webhook.test" }).click();
      await page.getByText("Attempt 1: 500").waitFor();
      await page.getByText(/"type":"webhook.test"/).waitFor();

      await page.getByRole("link", { name: "Back to the webhook" }).click();
      await receiver.until("/console", 2);
      await page.getByText(/^next attempt in [45] minutes$/).waitFor();
      receiver.answer(answering(200));
      await page.getByRole("button", { name: "Send now: webhook.test" }).click();
      await page.getByText("webhook.test is being sent again").first().waitFor();
      await receiver.until("/console", 3);
      await page.getByRole("button", { name: "Send again: webhook.test" }).waitFor();
      await page.getByRole("button", { name: "Disable" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
      await page.getByRole("button", { name: "Enable" }).click();
      await page.getByText("The webhook is enabled", { exact: true }).first().waitFor();
      expect(new Set(receiver.at("/console").map((one) => one.id)).size).toBe(1);
      await page.getByRole("table", { name: "Deliveries" }).getByText("Delivered", { exact: true }).waitFor();

      await publish(stack(), { software: "later", version: "1.2.3" });
      await receiver.until("/console", 4);
      await page
        .getByRole("row")
        .filter({ hasText: "package.published" })
        .getByText("later 1.2.3", { exact: true })
        .waitFor();

      const path = new URL(page.url()).pathname;
      for (const view of views) {
        await withConsole(
          browser,
          stack(),
          async (other) => {
            await signIn(other, "admin", PASSWORD);
            await visit(other, path, view);
            await other.page.getByRole("link", { name: "webhook.test" }).click();
            await visit(other, new URL(other.page.url()).pathname, view);
          },
          view,
        );
      }

      await page.getByRole("button", { name: "Delete" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("Nobody is told of what happens here").waitFor();
      expect(troubles).toEqual([]);
    });
  },
  LONG,
);
