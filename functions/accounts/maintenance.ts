import { AppError } from "../core/errors.ts";

/** Seconds after which it is worth asking whether the maintenance is over. */
const RETRY_SECONDS = 60;

/** The refusal while the service is in maintenance. */
export const inMaintenance = () => new AppError("SERVER_UNAVAILABLE", {}, { retryAfter: RETRY_SECONDS });
