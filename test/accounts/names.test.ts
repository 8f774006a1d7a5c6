import type { Context } from "hono";
import { expect, test } from "vitest";
import { clientAddress } from "../../functions/core/http/client-address.ts";
import { accountKey, checkUsername } from "../../functions/accounts/names.ts";
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
  expect(() => checkUsername("en", "ab")).toThrow("VALIDATION_ERROR");
  expect(() => checkUsername("en", "\uFDFA".repeat(3))).toThrow("VALIDATION_ERROR");
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
