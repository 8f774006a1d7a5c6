import { expect, test } from "vitest";
import { AppError, errorCodes, errorDefinition, missing, unavailable } from "../../functions/core/errors.ts";
import { invalid } from "../../functions/core/http/validation.ts";

test("no code is answered with a status that says another thing", () => {
  for (const code of errorCodes()) {
    const { status } = errorDefinition(code);
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(status, code).toBeGreaterThanOrEqual(400);
    if (code.endsWith("_NOT_FOUND")) expect(status, code).toBe(404);
    if (code.endsWith("_EXISTS") || code.endsWith("_CONFLICT")) expect(status, code).toBe(409);
  }
});

test("codes that update clients know have the statuses that they know", () => {
  const statuses = Object.fromEntries(errorCodes().map((code) => [code, errorDefinition(code).status]));
  expect(statuses).toMatchObject({
    INVALID_API_KEY: 401,
    UNSUPPORTED_FILE_TYPE: 400,
    INSUFFICIENT_STORAGE: 507,
    INTERNAL_ERROR: 500,
    RATE_LIMIT_EXCEEDED: 429,
  });
});

test("a refusal names what is wrong and keeps its cause for the log", () => {
  const cause = new Error("connection refused");
  expect(invalid("limit", "fault.tooLarge", { limit: 9 })).toMatchObject({
    code: "VALIDATION_ERROR",
    params: { field: "limit", reason: "fault.tooLarge", limit: 9 },
  });
  expect(missing("version")).toMatchObject({ code: "MISSING_PARAMETER", params: { field: "version" } });
  expect(unavailable(cause)).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfter: 5, cause });
  expect(new AppError("NOT_FOUND")).toBeInstanceOf(Error);
});
