import { randomBytes } from "node:crypto";

/** Keys as clients make them up: a GUID, an e-mail address, base64, a plain name, Chinese, the longest ones. */
export const clientKeys = [
  "6F9619FF-8B86-D011-B42D-00C04FC964FF",
  "{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
  "somebody+else@example.com",
  "a+/B3w==",
  "two words",
  "用户密钥",
  "%2F?&=#\"'\\",
  "k".repeat(256),
  "🗝".repeat(256),
];

/** A key like this one that no other test uses, as long as it is. */
export function uniqueKey(like: string): string {
  const characters = Array.from(like);
  const own = randomBytes(8).toString("hex");
  return characters.slice(0, 256 - own.length).join("") + own;
}
