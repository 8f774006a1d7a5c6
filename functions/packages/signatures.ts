/** Algorithm (2), key id (8) and Ed25519 signature (64). Bytes. */
const SIGNATURE_BYTES = 74;
const ED25519_BYTES = 64;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Whether a text is a signature file of minisign: four lines, of which the second is the signature and the fourth the
 * signature of the trusted comment (https://jedisct1.github.io/minisign, "Signature format"). It may also be that file in
 * base64, as Tauri's signer writes it.
 */
export function isMinisign(text: string): boolean {
  const trimmed = text.trim();
  const file = BASE64.test(trimmed) ? Buffer.from(trimmed, "base64").toString("utf8") : trimmed;
  const [untrusted = "", signature = "", trusted = "", global = "", ...more] = file.trimEnd().split(/\r?\n/);
  const bytes = decoded(signature);
  return (
    untrusted.startsWith("untrusted comment:") &&
    bytes?.length === SIGNATURE_BYTES &&
    /^E[dD]$/.test(bytes.subarray(0, 2).toString("latin1")) &&
    trusted.startsWith("trusted comment:") &&
    decoded(global)?.length === ED25519_BYTES &&
    more.length === 0
  );
}

/** Whether a text is an Ed25519 signature in base64. */
export const isEdSignature = (text: string): boolean => decoded(text.trim())?.length === ED25519_BYTES;

function decoded(text: string): Buffer | undefined {
  return BASE64.test(text) ? Buffer.from(text, "base64") : undefined;
}
