import type { components } from "../../../../scripts/client/openapi.ts";
import { listed } from "../../locale/format.ts";
import { t } from "./texts.ts";

export type ApiKey = components["schemas"]["ApiKey"];
export type Scope = ApiKey["scopes"][number];

/** What a key may do, in words. */
export const scopeNames: Record<Scope, () => string> = {
  "packages:read": () => t("packages:read"),
  "packages:write": () => t("packages:write"),
  "webhooks:admin": () => t("webhooks:admin"),
  "storage:admin": () => t("storage:admin"),
  "keys:admin": () => t("keys:admin"),
  "metrics:read": () => t("metrics:read"),
};

export const allScopes = Object.keys(scopeNames) as Scope[];

/** What somebody with these permissions may do: `read private software, manage webhooks`. */
export const sayScopes = (scopes: readonly Scope[]): string =>
  listed(scopes.map((scope) => scopeNames[scope]()));
