/** The bytes that base64 stands for, one a character; empty for what is no base64. */
export function binaryOf(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}

/** The same bytes in lower-case hex; empty for what is no base64. */
export const hexOf = (base64: string): string =>
  Array.from(binaryOf(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
