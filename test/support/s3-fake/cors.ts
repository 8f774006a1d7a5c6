import type { State } from "./state.ts";
import { header, Refusal, type Answer, type Call } from "./wire.ts";
import { xmlAnswer } from "./xml.ts";

export type CorsRule = {
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposeHeaders?: string[];
};

/** The answer to a browser's OPTIONS; unsigned, by the bucket's rules alone. */
export function preflight(state: State, call: Call): Answer {
  const method = header(call, "access-control-request-method") ?? "";
  const asked = list(header(call, "access-control-request-headers"));
  const rule = findRule(state, header(call, "origin"), method);
  const allowed = rule?.allowedHeaders.map((name) => name.toLowerCase()) ?? [];
  if (rule === undefined || !asked.every((name) => allowed.includes("*") || allowed.includes(name))) {
    throw new Refusal(403, "AccessForbidden", "CORSResponse: This CORS request is not allowed.");
  }
  return {
    status: 200,
    headers: {
      ...corsHeaders(state, call, method),
      "access-control-allow-methods": rule.allowedMethods.join(", "),
      "access-control-allow-headers": asked.join(", "),
    },
  };
}

/** What a browser needs to see on the real answer. */
export function corsHeaders(state: State, call: Call, method = call.method): Record<string, string> {
  const origin = header(call, "origin");
  const rule = findRule(state, origin, method);
  if (rule === undefined || origin === undefined) return {};
  return {
    "access-control-allow-origin": rule.allowedOrigins.includes("*") ? "*" : origin,
    "access-control-expose-headers": (rule.exposeHeaders ?? []).join(", "),
    vary: "Origin",
  };
}

export function getBucketCors(state: State): Answer {
  if (state.cors.length === 0) {
    throw new Refusal(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist.");
  }
  return xmlAnswer("CORSConfiguration", {
    CORSRule: state.cors.map((rule) => ({
      AllowedOrigin: rule.allowedOrigins,
      AllowedMethod: rule.allowedMethods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposeHeaders ?? [],
    })),
  });
}

function findRule(state: State, origin: string | undefined, method: string): CorsRule | undefined {
  if (origin === undefined) return undefined;
  return state.cors.find(({ allowedOrigins, allowedMethods }) => {
    return (
      (allowedOrigins.includes("*") || allowedOrigins.includes(origin)) && allowedMethods.includes(method)
    );
  });
}

function list(text = ""): string[] {
  return text
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}
