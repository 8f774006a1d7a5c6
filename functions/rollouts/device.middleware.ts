import type { Context } from "hono";
import type { AppEnv } from "../core/http/request.ts";
import { DEVICE_HEADER, isTooLong, type Device } from "./limits.ts";

/** A device as a request names it. */
export type AskingDevice = Device & {
  /** Whether the query names it, so that caches tell its answer from others'. */
  isInQuery: boolean;
  /** Whether its id is one, and what it says beside that can be read. */
  isReadable: boolean;
};

/**
 * The device that asks: by `device_id` in the query, else by a header. `force=true` in the query says that a person asked.
 * An empty id is none.
 * @param other where else the client of this endpoint names it
 */
export function readDevice(
  c: Context<AppEnv>,
  other: { query?: string; header?: string } = {},
): AskingDevice {
  const inQuery = c.req.query("device_id") || (other.query && c.req.query(other.query));
  const force = c.req.query("force");
  const id = inQuery || c.req.header(DEVICE_HEADER) || (other.header && c.req.header(other.header));
  const device = { id: id || undefined, isForced: force === "true" };
  const isReadable = !isTooLong(device) && [undefined, "true", "false"].includes(force);
  return { ...device, isInQuery: Boolean(inQuery), isReadable };
}

/** Headers of an answer that differs for devices which name themselves in a header: a shared cache would mix them up. */
export const forOneDevice = (...headers: string[]) => ({
  "Cache-Control": "private, max-age=10",
  Vary: headers.join(", "),
});
