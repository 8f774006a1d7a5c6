import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Deps } from "../../core/deps.ts";

/** How long a secret goes on signing beside the one that took its place, for receivers to change over. */
export const OVERLAP_MS = 24 * 3_600_000;

/** Which secrets an endpoint has. */
export type Secrets = {
  id: string;
  secretVersion: number;
  previousVersion: number | null;
  previousUntil: number | null;
};

/** An endpoint's secret: derived from the deployment's own, so that it can sign without being stored. */
export function webhookSecret({ config }: Deps, endpointId: string, version: number): string {
  const mac = createHmac("sha256", config.JWT_SECRET).update(`webhook-secret:${endpointId}:${version}`);
  return `whsec_${mac.digest("base64")}`;
}

/** The headers that a receiver knows a message by, signed with each secret that is good now. */
export function signedHeaders(
  deps: Deps,
  endpoint: Secrets,
  message: { id: string; payload: string },
  now: number,
): Record<string, string> {
  const { secretVersion, previousVersion, previousUntil } = endpoint;
  const isOverlapping = previousVersion !== null && now < (previousUntil ?? 0);
  const versions = isOverlapping ? [secretVersion, previousVersion] : [secretVersion];
  const signatures = versions.map((version) =>
    new Webhook(webhookSecret(deps, endpoint.id, version)).sign(message.id, new Date(now), message.payload),
  );
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(Math.floor(now / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}
