import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD } from "../support/accounts.ts";
import { hasBrowser, launch, signIn, views, visit, withConsole } from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";
import { publish } from "../support/publish.ts";
import { release, sendDraft } from "../support/releases.ts";
import type { TestStack } from "../support/stack.ts";

const browserTest = test.skipIf(!hasBrowser);
if (!hasBrowser) process.stderr.write("test/e2e/console-software.test.ts is skipped: there is no Chromium\n");
const LONG = 600_000;

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

async function publishSome(stack: TestStack): Promise<void> {
  const software = "acme";
  await publish(stack, { software, version: "1.0.0" });
  await publish(stack, { software, version: "1.0.0", platform: "linux", arch: "arm64" });
  await publish(stack, { software, version: "2.0.0" });
  await publish(stack, { software, version: "2.0.0", package_type: "patch", from_version: "1.0.0" });
  await publish(stack, { software, version: "2.1.0-beta.1", min_update_from: "2.0.0" });
  await release(stack, software, "2.0.0", "", { notes: "x" });
  await sendDraft(stack, { software, version: "3.0.0" });
}

const ownServer = ownStack({ ADMIN_PASSWORD: PASSWORD });
// The last test deletes of it.
beforeAll(() => publishSome(ownServer()));
const withSoftware = (work: (stack: TestStack) => Promise<void>) => work(ownServer());

browserTest(
  "the pages of software and versions are sound in both languages, light and dark, on a desk and on a phone",
  async () => {
    await withSoftware(async (stack) => {
      const paths = [
        "/console/software?search=acme",
        "/console/software/acme",
        "/console/software/acme?platform=macos",
        "/console/software/acme/1.0.0",
        "/console/software/acme/3.0.0",
        "/console/software/none",
        "/console/check?software=acme&version=1.0.0",
      ];
      for (const view of views) {
        await withConsole(
          browser,
          stack,
          async (open) => {
            await signIn(open, "admin", PASSWORD);
            for (const path of paths) await visit(open, path, view);
          },
          view,
        );
      }
    });
  },
  LONG,
);

browserTest(
  "versions are found by filters, and each view has an address",
  async () => {
    await withSoftware((stack) =>
      withConsole(browser, stack, async (open) => {
        await signIn(open, "admin", PASSWORD);
        const { page } = open;
        await page.goto("/console/software");
        await page.getByRole("link", { name: "acme" }).click();
        await page.getByRole("link", { name: "2.0.0", exact: true }).waitFor();
        await page.getByLabel("Platform").click();
        await page.getByRole("option", { name: "linux" }).click();
        await page.getByText("1 to 1 of 1").waitFor();
        expect(new URL(page.url()).search).toBe("?platform=linux");
        await page.reload();
        await page.getByText("1 to 1 of 1").waitFor();
        await page.getByLabel("Channel").fill("beta");
        await page.getByText("Nothing matches").waitFor();
        await page.getByRole("link", { name: "Show everything" }).click();
        await page.getByText("1 to 3 of 3").waitFor();

        await page.setViewportSize({ width: 390, height: 844 });
        const others = page.getByRole("button", { name: "Filters" });
        expect(await others.getAttribute("aria-expanded")).toBe("false");
        expect(await page.getByLabel("Channel").isVisible()).toBe(false);
        await page.getByRole("searchbox", { name: "Version" }).fill("2.");
        await page.getByText("1 to 2 of 2").waitFor();
        await others.press("Enter");
        await page.getByLabel("Channel").fill("beta");
        await page.getByRole("button", { name: "Filters (1)", expanded: true }).press("Enter");
        await page.getByText("1 to 1 of 1").waitFor();
        expect(await page.getByLabel("Channel").isVisible()).toBe(false);
        expect(open.troubles).toEqual([]);
      }),
    );
  },
  LONG,
);

browserTest(
  "commands that differ between shells are shown for the one that the reader has chosen, on all pages",
  async () => {
    await withSoftware((stack) =>
      withConsole(browser, stack, async (open) => {
        await signIn(open, "admin", PASSWORD);
        const { page } = open;
        const command = page.getByRole("region", { name: "Command that publishes" });
        await page.goto("/console/connect");
        expect(await command.innerText()).toContain(
          `export SLIPWAY_URL=${stack.url}\nexport SLIPWAY_API_KEY=`,
        );
        await page.getByRole("button", { name: "Windows (PowerShell)", pressed: false }).click();
        expect(await command.innerText()).toContain(
          `$env:SLIPWAY_URL = "${stack.url}"\n$env:SLIPWAY_API_KEY = `,
        );
        await page.goto("/console/connect?client=own");
        await page.getByText(/\ncurl\.exe /).waitFor();
        await page.goto("/console/connect?client=velopack");
        await page.getByText("new UpdateManager").waitFor();
        expect(await page.getByRole("button", { name: "Windows (PowerShell)", pressed: true }).count()).toBe(
          1,
        );
        expect(open.troubles).toEqual([]);
      }),
    );
  },
  LONG,
);

browserTest(
  "a version is yanked, offered again, promoted and deleted, a draft published; each says what depends on it",
  async () => {
    await withSoftware((stack) =>
      withConsole(browser, stack, async (open) => {
        await signIn(open, "admin", PASSWORD);
        const { page } = open;
        const dialog = page.getByRole("dialog");
        const said = (text: string) => page.getByText(text, { exact: true }).first().waitFor();

        await page.goto("/console/software/acme/1.0.0");
        await page
          .getByRole("button", { name: /^Delete: / })
          .first()
          .click();
        await dialog.getByText(/1 package applies to this version alone: 2.0.0/).waitFor();
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await page.getByRole("button", { name: "Yank", exact: true }).click();
        await dialog.getByText(/1 package applies to this version alone: 2.0.0/).waitFor();
        await dialog.getByRole("button", { name: "Yank" }).click();
        await said("acme 1.0.0 is yanked");
        await page.getByRole("button", { name: "Offer again", exact: true }).click();
        await said("acme 1.0.0 is offered again");

        await page.goto("/console/software/acme/2.1.0-beta.1");
        await page.getByRole("button", { name: "Promote" }).click();
        expect(await dialog.getByLabel("Channel").inputValue()).toBe("rc");
        await dialog.getByLabel("Channel").fill("stable");
        await dialog
          .getByText("2.1.0-beta.1 is a pre-release and cannot go to stable", { exact: false })
          .waitFor();
        expect(await dialog.getByRole("button", { name: "Promote" }).isDisabled()).toBe(true);
        await dialog.getByLabel("Channel").fill("rc");
        await dialog.getByRole("button", { name: "Promote" }).click();
        await said("2.1.0-beta.1 is on the channel rc now");

        await page.goto("/console/software/acme/3.0.0");
        await page.getByRole("button", { name: "Publish" }).click();
        await said("acme 3.0.0 is published");

        await page.goto("/console/software/acme/2.0.0");
        await page.getByRole("button", { name: "Delete this version" }).click();
        await dialog.getByText(/1 version demands this one first: 2.1.0-beta.1/).waitFor();
        await dialog.getByRole("button", { name: "Delete this version" }).click();
        await said("acme 2.0.0 is deleted");
        const left = await stack.request<{ items: { version: string }[] }>("/api/v1/releases/acme", {
          asPublisher: true,
        });
        expect(left.body.items.map(({ version }) => version)).toEqual(["3.0.0", "2.1.0-beta.1", "1.0.0"]);
      }),
    );
  },
  LONG,
);
