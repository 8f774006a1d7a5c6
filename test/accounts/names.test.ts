import type { Context } from "hono";
import { expect, test } from "vitest";
import { clientAddress } from "../../functions/core/http/client-address.ts";
import { accountKey, checkUsername, lookKey } from "../../functions/accounts/names.ts";
import type { AppEnv } from "../../functions/core/http/request.ts";

test("names are compared without case, width and composition", () => {
  for (const same of ["Élodie", "élodie", "ÉLODIE", "E\u0301lodie", " ｅ\u0301ＬＯＤＩＥ "]) {
    expect(accountKey(same)).toBe("élodie");
  }
  expect(accountKey("elodie")).not.toBe("élodie");
});

test("a name's characters are counted as people do, after they are brought into one form", () => {
  expect(checkUsername("en", "𝒜𝒷𝒸")).toBe("Abc");
  expect(checkUsername("en", "𠮷".repeat(50))).toHaveLength(100);
  expect(() => checkUsername("en", "𠮷".repeat(51))).toThrow("VALIDATION_ERROR");
  expect(checkUsername("en", "小明")).toBe("小明");
  expect(() => checkUsername("en", "a")).toThrow("VALIDATION_ERROR");
  expect(() => checkUsername("en", "𠮷")).toThrow("VALIDATION_ERROR");
  expect(() => checkUsername("en", "\uFDFA".repeat(3))).toThrow("VALIDATION_ERROR");
});

test("a name's words stand one space apart, of whatever width", () => {
  expect(checkUsername("en", " Ada\u3000Lovelace\u00a0II ")).toBe("Ada Lovelace II");
  for (const name of ["Ada  Lovelace", "Ada\tLovelace", "Ada\nLovelace", "a b\u3164c", "a\ufe0fb"]) {
    expect(() => checkUsername("en", name), JSON.stringify(name)).toThrow("VALIDATION_ERROR");
  }
});

test("a word is in one script, or in those that are written together", () => {
  const fine = [
    "Иван-Ivan",
    "东京タワー",
    "李Lee",
    "김철수Kim",
    "αβγ abc",
    "שלום",
    "user-10",
    "Élodie",
    "नमस्ते",
  ];
  for (const name of fine) expect(checkUsername("en", name)).toBe(name.normalize("NFKC"));
  for (const name of ["аdmin", "pаypal", "Αlice", "Ꭺlice", "me.bοb", "Иvan", "αб"]) {
    expect(() => checkUsername("en", name), name).toThrow("VALIDATION_ERROR");
  }
});

test("names that are taken for each other have one look, others their own", () => {
  const same = [
    ["alice", "AIice", "a1ice", "Alice"],
    ["Max", "rnax", "MAX"],
    ["сосо", "coco", "COCO", "c0c0"],
    ["Bob", "bob", "b0b"],
  ];
  for (const names of same) expect(new Set(names.map(lookKey)).size, names.join()).toBe(1);
  const different = ["alice", "alise", "elice", "小明", "小朋", "Julia", "Jula", "a b", "ab", "a.b"];
  expect(new Set(different.map(lookKey)).size).toBe(different.length);
});

const addresses: [address: string, counted: string][] = [
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["unknown", "unknown"],
];
test.each(addresses)("tries from %s are counted for %s", (address, counted) => {
  const deps = { clientAddress: () => address };
  const request = { var: { deps }, req: {} } as unknown as Context<AppEnv>;
  expect(clientAddress(request)).toBe(counted);
});
