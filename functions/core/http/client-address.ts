import type { Context } from "hono";
import type { AppEnv } from "./request.ts";

/** The client's address as attempts are counted by: of IPv6 the /64, which is what one household or host is given. */
export function clientAddress(c: Context<AppEnv>): string {
  const address = c.var.deps.clientAddress(c.req.raw);
  return address.includes(":") ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail !== undefined) {
    const last = tail.split(":").filter(Boolean);
    while (groups.length + last.length < 8) groups.push("0");
    groups.push(...last);
  }
  return `${groups.slice(0, 4).join(":")}::/64`;
}
