import { createHmac } from "node:crypto";
import type { Deps } from "../core/deps.ts";

/** Of the hash: two of a million devices share one with a probability of 1 in 10^26. */
const KEY_BYTES = 16;

/**
 * What is kept of the id that a device chose: a keyed hash, from which nobody without the deployment's secret can tell the
 * id, nor whether two products run on the same device.
 * @param product the slug of a software, or `plugin:` and the key of a plugin's name
 */
export function deviceKey({ config }: Pick<Deps, "config">, product: string, deviceId: string): string {
  const mac = createHmac("sha256", config.JWT_SECRET).update(`device:${product}:${deviceId}`).digest();
  return mac.subarray(0, KEY_BYTES).toString("base64url");
}
