import { ClientError, EXIT } from "./errors.ts";

/** This machine, which is never reached through a proxy. */
const OWN_HOSTS = "localhost,127.0.0.1,::1";

/** The hosts to reach without a proxy: this machine and those in NO_PROXY. */
export function directHosts(env: NodeJS.ProcessEnv): string {
  const direct = env["no_proxy"] || env["NO_PROXY"];
  return direct === undefined || direct === "" ? OWN_HOSTS : `${direct},${OWN_HOSTS}`;
}

/**
 * @throws ClientError where a proxy is set for this address but this Node is too old to use it, and would go around it
 *   silently
 */
export function refuseUnusableProxy(
  target: URL,
  env: NodeJS.ProcessEnv,
  usable: () => boolean = nodeUsesProxies,
): void {
  const name = target.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  if (!env[name] && !env[name.toLowerCase()]) return;
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const direct = directHosts(env)
    .split(",")
    .map((entry) => entry.trim().replace(/^\*?\./, ""));
  if (direct.some((entry) => entry === "*" || host === entry || host.endsWith(`.${entry}`))) return;
  if (usable()) return;
  const text = `${name} is set, and this Node.js (${process.version}) cannot go through a proxy.`;
  throw new ClientError(EXIT.usage, "BAD_PROXY", text, {
    hint: "Use Node.js 24.5 or newer, or name the host in NO_PROXY.",
  });
}

function nodeUsesProxies(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
