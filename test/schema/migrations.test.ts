import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createClient } from "@libsql/client/http";
import { expect, test, vi } from "vitest";
import { startPlainSqld } from "../support/plain-sqld.ts";
import journal from "../../schema/migrations/meta/_journal.json" with { type: "json" };

vi.setConfig({ testTimeout: 60_000 });

const fileOf = (tag: string) =>
  readFile(new URL(`../../schema/migrations/${tag}.sql`, import.meta.url), "utf8");

test("software and keys of before are public and without limits", async () => {
  const server = await startPlainSqld();
  const client = createClient({ url: server.url });
  try {
    const before = journal.entries.slice(
      0,
      journal.entries.findIndex(({ tag }) => tag.endsWith("private_software")),
    );
    await client.execute(
      "CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
    );
    for (const { tag, when } of before) {
      const text = await fileOf(tag);
      await client.batch(
        [
          ...text.split("--> statement-breakpoint"),
          {
            sql: "INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)",
            args: [createHash("sha256").update(text).digest("hex"), when],
          },
        ],
        "write",
      );
    }
    await client.batch(
      [
        "INSERT INTO software (id, akey, slug, name, created_at) VALUES ('sfw_1', 'soft_1', 'one', 'One', 1)",
        `INSERT INTO api_keys (id, name, prefix, hash, scopes, created_at) VALUES ('key_1', 'ci', 'slw_', 'hash', '["packages:write"]', 1)`,
      ],
      "write",
    );
    await server.migrate();
    const software = await client.execute("SELECT slug, visibility FROM software ORDER BY slug");
    expect(software.rows).toMatchObject([
      { slug: "omega", visibility: "public" },
      { slug: "one", visibility: "public" },
    ]);
    const keys = await client.execute("SELECT id, scopes, software FROM api_keys");
    expect(keys.rows).toMatchObject([{ id: "key_1", scopes: '["packages:write"]', software: null }]);
  } finally {
    client.close();
    await server.stop();
  }
});
