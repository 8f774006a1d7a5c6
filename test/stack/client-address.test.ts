import { describe, expect, test } from "vitest";
import { createClientAddress, networks } from "../../scripts/stack/front/client-address.ts";

/** A request as workerd hands it over: the peer of its connection under `cf`. */
function from(clientIp: string, headers: Record<string, string> = {}): Request {
  return Object.assign(new Request("http://slipway.example/", { headers }), { cf: { clientIp } });
}

describe("without a trusted proxy", () => {
  const addressOf = createClientAddress();

  test.each([
    ["127.0.0.1:57058", "127.0.0.1"],
    ["[::1]:57058", "::1"],
    ["[2001:db8::7]:1", "2001:db8::7"],
    ["[::ffff:192.0.2.4]:443", "192.0.2.4"],
  ])("%s is %s", (peer, address) => {
    expect(addressOf(from(peer))).toBe(address);
  });

  test.each([["CF-Connecting-IP"], ["X-Forwarded-For"], ["X-Real-IP"], ["Forwarded"], ["True-Client-IP"]])(
    "%s of a client counts for nothing",
    (name) => {
      expect(addressOf(from("192.0.2.4:9", { [name]: "198.51.100.1" }))).toBe("192.0.2.4");
    },
  );

  test("a request of nobody known is unknown", () => {
    expect(addressOf(new Request("http://slipway.example/"))).toBe("unknown");
  });
});

describe("with trusted proxies", () => {
  const addressOf = createClientAddress("127.0.0.1, 10.0.0.0/8 ::1");

  test.each([
    ["198.51.100.1", "198.51.100.1"],
    ["203.0.113.9, 198.51.100.1", "198.51.100.1"],
    ["198.51.100.1, 10.1.2.3", "198.51.100.1"],
    ["203.0.113.9, 198.51.100.1, 10.1.2.3, 127.0.0.1", "198.51.100.1"],
    ["198.51.100.1:4711", "198.51.100.1"],
    ['"[2001:db8::7]:4711"', "2001:db8::7"],
    ["10.1.2.3", "10.1.2.3"],
  ])("the right-most address of %s that is no proxy's is %s", (forwarded, address) => {
    const expected = address === "10.1.2.3" ? "127.0.0.1" : address;
    expect(addressOf(from("127.0.0.1:1", { "X-Forwarded-For": forwarded }))).toBe(expected);
  });

  test("somebody else is not believed", () => {
    expect(addressOf(from("192.0.2.4:1", { "X-Forwarded-For": "198.51.100.1" }))).toBe("192.0.2.4");
  });

  test("another header counts where the setting names it", () => {
    const other = createClientAddress("127.0.0.1", "CF-Connecting-IP");
    const headers = { "CF-Connecting-IP": "198.51.100.1", "X-Forwarded-For": "203.0.113.9" };
    expect(other(from("127.0.0.1:1", headers))).toBe("198.51.100.1");
  });
});

test.each(["10.0.0.0/33", "10.0.0/8", "::1/129", "proxy.example", "10.0.0.1/", "1.2.3.4/x"])(
  "%s is not an address or network",
  (entry) => {
    expect(() => networks(entry)).toThrow(`${entry} is not an address or network`);
  },
);
