import { expect } from "vitest";
import { signedInSuite, type SignedInEndpoint } from "../support/auth-suite.ts";
import { expectRefusal, stack } from "./plugins.ts";

const unknown = { name: "com.example.unknown", version: "1.0.0" };

const endpoint = (verb: string): SignedInEndpoint => ({
  method: "POST",
  path: `/api/plugins/${verb}`,
  body: unknown,
  needs: "admin",
  expectError: (answer, status) => {
    expectRefusal(answer, status);
    expect(answer.headers.get("cache-control")).toContain("no-store");
  },
});

signedInSuite(() => stack, ["enable", "disable", "deprecate", "delete", "version/deprecate"].map(endpoint));
