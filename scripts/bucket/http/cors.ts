import type { Answer } from "./answer.ts";
import { header, type Call } from "./call.ts";
import { Refusal } from "./refusal.ts";

export type CorsRule = {
  /** Each may have one `*`, for any text. */
  allowedOrigins: string[];
  allowedMethods: string[];
  /** Each may have one `*`, for any text. */
  allowedHeaders: string[];
  exposeHeaders?: string[];
  maxAgeSeconds?: number;
};

/** The answer to a browser's OPTIONS; unsigned, by the bucket's rules alone. */
export function preflight(rules: CorsRule[], call: Call): Answer {
  const method = header(call, "access-control-request-method") ?? "";
  const asked = (header(call, "access-control-request-headers") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = findRule(rules, header(call, "origin"), method, asked);
  if (rule === undefined) {
    throw new Refusal(403, "AccessForbidden", "CORSResponse: This CORS request is not allowed.");
  }
  return {
    status: 200,
    headers: {
      ...corsHeaders(rules, call, method),
      "access-control-allow-methods": rule.allowedMethods.join(", "),
      ...(asked.length > 0 && { "access-control-allow-headers": asked.join(", ") }),
      ...(rule.maxAgeSeconds !== undefined && { "access-control-max-age": String(rule.maxAgeSeconds) }),
    },
  };
}

/** The CORS headers that a browser needs on the answer itself. */
export function corsHeaders(rules: CorsRule[], call: Call, method = call.method): Record<string, string> {
  const origin = header(call, "origin");
  const rule = findRule(rules, origin, method, []);
  if (rule === undefined || origin === undefined) return {};
  const exposed = rule.exposeHeaders ?? [];
  return {
    "access-control-allow-origin": rule.allowedOrigins.includes("*") ? "*" : origin,
    ...(exposed.length > 0 && { "access-control-expose-headers": exposed.join(", ") }),
    vary: "Origin",
  };
}

function findRule(rules: CorsRule[], origin: string | undefined, method: string, headers: string[]) {
  if (origin === undefined) return undefined;
  return rules.find((rule) => {
    return (
      rule.allowedOrigins.some((pattern) => matches(pattern, origin)) &&
      rule.allowedMethods.includes(method) &&
      headers.every((name) => rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name)))
    );
  });
}

function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= pattern.length - 1 && text.startsWith(before) && text.endsWith(after);
}
