import type { OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { AppError } from "../errors.ts";
import type { AppEnv } from "./request.ts";

/**
 * An address that has a route of its own takes that route's methods alone, although another route's pattern fits it as well:
 * `DELETE /appwares/my` deletes no record whose id is `my`.
 */
export function refuseOtherMethods(app: OpenAPIHono<AppEnv>) {
  // Routes are mounted after this.
  let ofAddress: Map<string, string[]> | undefined;
  return createMiddleware<AppEnv>((c, next) => {
    ofAddress ??= methodsByAddress(app);
    const allowed = ofAddress.get(c.req.path.replace(/(?<=.)\/$/, ""));
    const method = c.req.method === "HEAD" ? "GET" : c.req.method;
    if (!allowed || allowed.includes(method)) return next();
    c.header("Allow", allowed.join(", "));
    throw new AppError("METHOD_NOT_ALLOWED");
  });
}

function methodsByAddress(app: OpenAPIHono<AppEnv>): Map<string, string[]> {
  const own = app.routes.filter(({ method, path }) => method !== "ALL" && !/[:*]/.test(path));
  const byAddress = Map.groupBy(own, ({ path }) => path);
  return new Map(
    [...byAddress].map(([path, routes]) => [path, [...new Set(routes.map((one) => one.method))]]),
  );
}
