import { BlockList, isIP } from "node:net";

/** workerd's own field of a request: the address and port of the other end of the connection. */
type Peered = Request & { cf?: { clientIp?: string } };

/**
 * The address that a request came from: that of the connection or, where that is one of `trusted` (addresses and networks,
 * separated by commas or blanks), the right-most address in `header` that is not one of `trusted`. Nothing else that a
 * client says of itself is believed. "unknown" where a trusted proxy names nobody.
 */
export function createClientAddress(trusted = "", header = "X-Forwarded-For"): (request: Request) => string {
  const proxies = networks(trusted);
  if (!proxies) return (request) => peerOf(request);
  const isTrusted = (address: string) => proxies.check(address, address.includes(":") ? "ipv6" : "ipv4");
  return (request) => {
    const peer = peerOf(request);
    if (!isTrusted(peer)) return peer;
    const named = (request.headers.get(header) ?? "").split(",").map(bare);
    return named.findLast((address) => isIP(address) === 0 || !isTrusted(address)) || peer;
  };
}

/**
 * Reads the addresses and networks of a list; null where it is empty.
 * @throws RangeError naming an entry that is neither.
 */
export function networks(list: string): BlockList | null {
  const entries = list.split(/[\s,]+/).filter(Boolean);
  const found = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    const bits = prefix === undefined ? undefined : Number(prefix);
    const fits =
      bits === undefined || (Number.isInteger(bits) && bits >= 0 && bits <= (family === "ipv6" ? 128 : 32));
    if (isIP(address) === 0 || prefix === "" || !fits)
      throw new RangeError(`${entry} is not an address or network`);
    if (bits === undefined) found.addAddress(address, family);
    else found.addSubnet(address, bits, family);
  }
  return entries.length > 0 ? found : null;
}

/** `127.0.0.1:57058` or `[::1]:57058` without its port. An IPv4 address that came over IPv6 is written as IPv4. */
function peerOf(request: Peered): string {
  const peer = request.cf?.clientIp ?? "";
  return bare(peer.slice(0, Math.max(0, peer.lastIndexOf(":")))) || "unknown";
}

/** An address as proxies write it, without blanks, brackets, port and the mapping into IPv6. */
function bare(text: string): string {
  const address = text
    .trim()
    .replace(/^"?\[([^\]]*)\](?::\d+)?"?$/, "$1")
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
  return address.replace(/^::ffff:(\d+(?:\.\d+){3})$/i, "$1");
}
