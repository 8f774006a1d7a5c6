import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StackError } from "./errors.ts";

/** What a stack generates for itself. It must never change, because data and clients depend on it. */
export type Secrets = {
  adminPassword: string;
  apiKey: string;
  jwtSecret: string;
  bucketAccessKeyId: string;
  bucketSecretAccessKey: string;
  sqldAdminKey: string;
  /** Ed25519: the private key as PEM, the public one as sqld reads it. */
  sqldPrivateKey: string;
  sqldPublicKey: string;
};

const FILE = "secrets.json";

/** The secrets of a data folder, made at its first use (`fresh`) and kept in secrets.json, readable by the owner only. */
export function openSecrets(folder: string): { secrets: Secrets; fresh: boolean; file: string } {
  const file = join(folder, FILE);
  const fresh = !existsSync(file);
  const kept = fresh ? {} : read(file);
  const secrets = { ...generate(), ...kept };
  if (Object.keys(secrets).length !== Object.keys(kept).length) {
    // Written to a file that is then renamed, so that a kill in between cannot lose the keys to the data.
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return { secrets, fresh, file };
}

function read(file: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>;
  } catch {
    throw new StackError(`DATA_DIR: ${file} is damaged; restore it from a backup`);
  }
}

function generate(): Secrets {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    adminPassword: token(15),
    apiKey: `slw_${token(24)}`,
    jwtSecret: token(48),
    bucketAccessKeyId: randomBytes(16).toString("hex"),
    bucketSecretAccessKey: randomBytes(32).toString("hex"),
    sqldAdminKey: token(24),
    sqldPrivateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    sqldPublicKey: publicKey.export({ format: "jwk" }).x ?? "",
  };
}

const token = (bytes: number) => randomBytes(bytes).toString("base64url");
