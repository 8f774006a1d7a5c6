import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bearer, newAccount, PASSWORD, type Account } from "../support/accounts.ts";
import { hasBrowser, launch, signIn, withConsole } from "../support/console.ts";
import { ownStack } from "../support/own-stack.ts";

const browserTest = test.skipIf(!hasBrowser);

let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) browser = await launch();
});
afterAll(() => browser?.close());

const stack = ownStack({ ADMIN_PASSWORD: PASSWORD, PRICE_PER_MINUTE: "0.00" });
let user: Account;
beforeEach(async () => {
  user = await newAccount(stack());
});

/** The page of settings of the administrator, and a window in which the user is signed in. */
const inSettings = (work: (settings: Page, theirs: Page) => Promise<void>) =>
  withConsole(browser, stack(), (admin) =>
    withConsole(browser, stack(), async (theirs) => {
      await signIn(theirs, user.username, PASSWORD);
      await signIn(admin, "admin", PASSWORD);
      await admin.page.goto("/console/settings");
      await work(admin.page, theirs.page);
      expect(admin.troubles.filter((trouble) => !/status of 4\d\d/.test(trouble))).toEqual([]);
    }),
  );

const save = async (page: Page, answer?: string) => {
  await page.getByRole("button", { name: "Save" }).click();
  if (answer) await page.getByRole("dialog").getByRole("button", { name: answer }).click();
};
const saved = (page: Page) => page.getByText("The settings are saved", { exact: true }).first().waitFor();
const createTask = async (title: string) => {
  const json = { title, task_type: "test", estimated_duration: 1 };
  return (await stack().request("/api/tasks", { json, headers: bearer(user.token) })).status;
};

browserTest(
  "a setting out of its limits is refused at its field, a right one is in force at once",
  async () => {
    await inSettings(async (page, theirs) => {
      const field = page.getByLabel("Open tasks for each user");
      await field.fill("0");
      await save(page);
      await page.getByRole("alert").first().waitFor();
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      await field.fill("2");
      await save(page);
      await saved(page);
      await page.reload();
      await field.waitFor();
      expect(await field.inputValue()).toBe("2");

      expect([await createTask("first"), await createTask("second")]).toEqual([200, 200]);
      await theirs.goto("/console/tasks/new");
      await theirs.getByLabel("Type").fill("test");
      await theirs.getByLabel("Title").fill("third");
      await theirs.getByRole("button", { name: "Create the task" }).click();
      await theirs.getByRole("alert").getByText(/2/).first().waitFor();
      await field.fill("3");
      await save(page);
      await saved(page);
      await theirs.getByRole("button", { name: "Create the task" }).click();
      await theirs.getByRole("heading", { name: "third", level: 1 }).waitFor();
    });
  },
);

browserTest(
  "maintenance holds users back in the server's words, and no administrator, until it ends",
  async () => {
    await inSettings(async (page, theirs) => {
      const maintenance = page.getByRole("switch", { name: "Maintenance" });
      await maintenance.click();
      await save(page, "Cancel");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      expect(await createTask("before")).toBe(200);
      await save(page, "Begin maintenance");
      await saved(page);
      expect(await createTask("meanwhile")).toBe(503);
      await theirs.goto("/console/money");
      await theirs.getByRole("textbox", { name: "Code" }).fill("OWL-ABCD-2345-EFGH");
      await theirs.getByRole("button", { name: "Redeem" }).click();
      await theirs
        .getByRole("alert")
        .getByText(/maintenance/i)
        .waitFor();

      await page.reload();
      await maintenance.waitFor();
      expect(await maintenance.getAttribute("aria-checked")).toBe("true");
      await maintenance.click();
      await save(page);
      await saved(page);
      expect(await createTask("after")).toBe(200);
      await theirs.getByRole("button", { name: "Redeem" }).click();
      await theirs.getByRole("alert").getByText(/code/).waitFor();
    });
  },
);
