/** Names that lead into somebody's own network, and those of clouds' metadata. */
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|localdomain|arpa)$/;

/** First octets and second ones from-to of IPv4 blocks that are not public (RFC 6890 and its successors). */
const PRIVATE_BLOCKS: [number, number, number][] = [
  [0, 0, 255],
  [10, 0, 255],
  [100, 64, 127],
  [127, 0, 255],
  [169, 254, 254],
  [172, 16, 31],
  [192, 0, 0],
  [192, 168, 168],
  [198, 18, 19],
];
const FIRST_MULTICAST = 224;

/**
 * An address in the one form that it is kept and called in; undefined for one that must not be called from here.
 * @param allowPrivate also plain http, and what is on somebody's own network
 */
export function callableUrl(given: string, allowPrivate: boolean): URL | undefined {
  const url = URL.parse(given);
  if (!url || url.username || url.password || url.hash || url.hostname === "") return undefined;
  return (allowPrivate ? isWeb(url) : isPublic(url)) ? url : undefined;
}

const isWeb = ({ protocol }: URL) => protocol === "https:" || protocol === "http:";

/** `URL` has brought decimal, octal and hexadecimal addresses into their usual form by now. */
function isPublic({ protocol, hostname }: URL): boolean {
  if (protocol !== "https:") return false;
  if (hostname.startsWith("[")) return isPublicV6(hostname.slice(1, -1));
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(hostname);
  if (octets) return isPublicV4(Number(octets[1]), Number(octets[2]));
  const name = hostname.replace(/\.+$/, "");
  return name.includes(".") && !PRIVATE_NAMES.test(name);
}

const isPublicV4 = (first: number, second: number) =>
  first < FIRST_MULTICAST &&
  !PRIVATE_BLOCKS.some(([block, from, to]) => first === block && second >= from && second <= to);

/** Global unicast is 2000::/3; of it, what carries an IPv4 address (6to4, Teredo) and documentation are left out. */
function isPublicV6(address: string): boolean {
  const [first = 0, second = 0] = address.split(":").map((group) => Number.parseInt(group || "0", 16));
  if (first < 0x2000 || first > 0x3fff || first === 0x2002) return false;
  return first !== 0x2001 || (second !== 0 && second !== 0xdb8);
}
