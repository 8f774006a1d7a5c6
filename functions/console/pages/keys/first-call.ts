import type { Command } from "../../kit/shell.ts";
import type { Scope } from "./scopes.ts";

/** What the command line is first called for with each permission, the most usual one first. */
const calls: readonly [scope: Scope, call: string, takesSoftware: boolean][] = [
  ["packages:write", "publish build.zip --version 1.0.0", true],
  ["packages:read", "packages list", true],
  ["webhooks:admin", "webhooks list", false],
  ["storage:admin", "storage", false],
  ["keys:admin", "keys list", false],
];

/**
 * A call of the command line that a key with these permissions may make; empty for one that the command line has no use for.
 * @param software of which the call is, where the key is limited
 */
export function callOf(scopes: readonly Scope[], software: string | undefined): string {
  const found = calls.find(([scope]) => scopes.includes(scope));
  if (!found) return "";
  const [, call, takesSoftware] = found;
  return takesSoftware && software !== undefined ? `${call} --software ${software}` : call;
}

/** Reads the metrics with a key, as Prometheus does. */
export function metricsCommand(key: string): Command {
  const rest = `-H "Authorization: Bearer ${key}" "${location.origin}/metrics"`;
  return { posix: `curl ${rest}`, powershell: `curl.exe ${rest}` };
}
