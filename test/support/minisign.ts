import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/**
 * A key pair of minisign (https://jedisct1.github.io/minisign, "Signature format"), which signs as minisign and Tauri's
 * signer do.
 */
export function minisignKeys() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const id = randomBytes(8);
  const key = base64(Buffer.concat([Buffer.from("Ed"), id, raw]));
  const file = (bytes: Uint8Array, comment: string) => {
    const signature = sign(null, blake2b(bytes, { dkLen: 64 }), privateKey);
    const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), privateKey);
    const line = base64(Buffer.concat([Buffer.from("ED"), id, signature]));
    return `untrusted comment: signature from a test\n${line}\ntrusted comment: ${comment}\n${base64(global)}\n`;
  };
  return {
    /** As Tauri's configuration has it: base64 of the key file. */
    publicKey: base64(Buffer.from(`untrusted comment: minisign public key: ${id.toString("hex")}\n${key}\n`)),
    /** The content of a `.sig` file as minisign writes it. */
    sign: (bytes: Uint8Array, comment = "timestamp:1") => file(bytes, comment),
    /** The same as Tauri's signer writes it: base64 of it. */
    signForTauri: (bytes: Uint8Array, comment = "timestamp:1") => base64(Buffer.from(file(bytes, comment))),
  };
}

/**
 * Whether a `.sig` file is a signature of these bytes by a key, comment included.
 * @param publicKey @param signature as Tauri's signer writes them: base64 of the files
 */
export function isSignedBy(publicKey: string, signature: string, bytes: Uint8Array): boolean {
  const lines = (text: string) => Buffer.from(text, "base64").toString("utf8").split("\n");
  const raw = Buffer.from(lines(publicKey)[1] ?? "", "base64").subarray(10);
  const x = raw.toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const [, line = "", comment = "", global = ""] = lines(signature);
  const own = Buffer.from(line, "base64").subarray(10);
  const trusted = Buffer.from(comment.replace("trusted comment: ", ""));
  return (
    verify(null, blake2b(bytes, { dkLen: 64 }), key, own) &&
    verify(null, Buffer.concat([own, trusted]), key, Buffer.from(global, "base64"))
  );
}
