import { z } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import { withoutNulls } from "../../../functions/core/http/absent-nulls.ts";

const item = z.object({ id: z.int(), note: z.string().optional() });
const schema = z.object({
  name: z.string(),
  size: z.int().default(1),
  remark: z.string().nullable().optional(),
  flag: z.union([z.boolean(), z.literal("yes")]).optional(),
  free: z.record(z.string(), z.unknown()).optional(),
  items: z.array(item).optional(),
  nested: z.object({ kind: z.enum(["a", "b"]).optional() }).optional(),
});

test("what may be absent is, wherever it stands", () => {
  const given = {
    name: "n",
    size: null,
    flag: null,
    items: [{ id: 1, note: null }, { id: 2 }],
    nested: { kind: null, other: null },
  };
  expect(withoutNulls(schema, given)).toEqual({
    name: "n",
    items: [{ id: 1 }, { id: 2 }],
    nested: { other: null },
  });
  expect(given.size).toBeNull();
});

test("null stays where it means something, and where something is required", () => {
  for (const given of [
    { name: "n", remark: null },
    { name: "n", free: { a: null } },
    { name: null },
    { name: "n", items: [null] },
    { name: "n", items: [{ id: null }] },
    null,
  ]) {
    expect(withoutNulls(schema, given)).toBe(given);
  }
  expect(withoutNulls(schema, { name: null, size: null })).toEqual({ name: null });
});

test("faults of other fields change nothing of it", () => {
  expect(withoutNulls(schema, { name: 5, size: null })).toEqual({ name: 5 });
});
