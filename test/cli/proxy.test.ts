import { expect, test } from "vitest";
import { refuseUnusableProxy } from "../../scripts/client/proxy.ts";

const ask = (address: string, env: NodeJS.ProcessEnv, usable?: () => boolean) => () =>
  refuseUnusableProxy(new URL(address), env, usable);
const old = () => false;
const proxies = { HTTP_PROXY: "http://proxy.test:3128", https_proxy: "http://proxy.test:3128" };

test("a Node that would go around a proxy says so", () => {
  expect(ask("http://updates.test", proxies, old)).toThrow(/^HTTP_PROXY is set, and this Node.js/);
  expect(ask("https://updates.test", proxies, old)).toThrow(/^HTTPS_PROXY is set/);
  expect(ask("https://updates.test", proxies)).not.toThrow();
});

test.each([
  ["http://127.0.0.1:8000", proxies],
  ["http://[::1]:8000", proxies],
  ["https://updates.test", { HTTP_PROXY: "http://proxy.test:3128" }],
  ["https://updates.example.com", { ...proxies, NO_PROXY: "other.test, .example.com" }],
  ["https://updates.test", { ...proxies, no_proxy: "*" }],
])("%s needs none", (address, env) => {
  expect(ask(address, env, old)).not.toThrow();
});
