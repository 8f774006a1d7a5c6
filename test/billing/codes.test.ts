import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { codeOf, maskCode, readCode } from "../../functions/billing/code-text.ts";
import { amount, hundredths, units } from "../../functions/billing/money.ts";

describe("codes", () => {
  test("are of an alphabet without look-alikes, of which every character comes up", () => {
    const codes = Array.from({ length: 500 }, () => codeOf(randomBytes(32)));
    for (const code of codes) expect(code).toMatch(/^OWL(-[2-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(new Set(codes).size).toBe(500);
    expect(new Set(codes.join("").replaceAll(/OWL|-/g, "")).size).toBe(30);
  });

  test("are read however somebody types them", () => {
    const code = "OWL-ABCD-2345-EFGH";
    const typings = [
      code,
      "owl-abcd-2345-efgh",
      " OWL ABCD 2345 EFGH\n",
      "abcd2345efgh",
      "OWL–ABCD—2345‐EFGH",
      "ＯＷＬ－ＡＢＣＤ－２３４５－ＥＦＧＨ",
    ];
    for (const typed of typings) expect(readCode(typed), typed).toBe(code);
    for (const typed of [
      "",
      "OWL",
      "OWL-ABCD-2345-EFG",
      "OWL-ABCD-2345-EFGHJ",
      "OWL-ABCD-1234-EFGH",
      "OWL-ABCD-2345-ÉFGH",
    ]) {
      expect(readCode(typed), typed).toBeUndefined();
    }
  });

  test("are masked but for their end", () => {
    expect(maskCode("OWL-ABCD-2345-EFGH")).toBe("OWL-****-****-EFGH");
  });
});

describe("amounts", () => {
  const schema = amount({ min: 0.01, max: 1_000_000 });

  test("have at most two decimals", () => {
    for (const value of [0.01, 0.07, 0.29, 1.1, 1.15, 4.35, 33.33, 100, 999_999.99, 1_000_000]) {
      expect(schema.safeParse(value).success, String(value)).toBe(true);
    }
    const refused = [0.1 + 0.2, 1.005, 0.001, 0.011, 1e-7, 0, -1, 1_000_000.01, Infinity, NaN, "100", null];
    for (const value of refused) expect(schema.safeParse(value).success, String(value)).toBe(false);
  });

  test("survive as hundredths", () => {
    for (const value of [0.01, 0.29, 1.15, 4.35, 8.2, 33.33, 999_999.99]) {
      expect(units(hundredths(value))).toBe(value);
    }
  });
});
