import { expect, test } from "vitest";
import { freePort } from "../../scripts/process/processes.ts";
import { withErrands } from "../../scripts/stack/errand.ts";
import { StackError } from "../../scripts/stack/errors.ts";

test("a step that fails says why in its own line, and those after it still run", async () => {
  const nobody = { url: `http://127.0.0.1:${await freePort()}` };
  await withErrands(async (run) => {
    const before = await run("settings", undefined);
    expect(before.names).toContain("JWT_SECRET");
    await expect(run("migrate", nobody)).rejects.toThrow(
      new StackError(
        "LIBSQL_URL: the database does not answer (ECONNREFUSED); check the address, and that the server runs",
      ),
    );
    expect(await run("settings", undefined)).toEqual(before);
  });
});
