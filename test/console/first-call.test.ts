import { beforeAll, expect, test, vi } from "vitest";
import { callOf, metricsCommand } from "../../functions/console/pages/keys/first-call.ts";

beforeAll(() => {
  vi.stubGlobal("location", { origin: "https://updates.example.com" });
});

test("a new key is shown with a command that it may give", () => {
  expect([
    callOf(["metrics:read", "packages:read", "packages:write"], "acme"),
    callOf(["packages:read"], "acme"),
    callOf(["packages:read"], undefined),
    callOf(["webhooks:admin"], "acme"),
    callOf(["keys:admin", "storage:admin"], undefined),
    callOf(["keys:admin"], undefined),
  ]).toEqual([
    "publish build.zip --version 1.0.0 --software acme",
    "packages list --software acme",
    "packages list",
    "webhooks list",
    "storage",
    "keys list",
  ]);
});

test("a key for the metrics alone reads them without the command line", () => {
  expect(callOf(["metrics:read"], undefined)).toBe("");
  const rest = '-H "Authorization: Bearer slw_1" "https://updates.example.com/metrics"';
  expect(metricsCommand("slw_1")).toEqual({ posix: `curl ${rest}`, powershell: `curl.exe ${rest}` });
});
