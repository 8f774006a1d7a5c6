import { z } from "zod";
import { logLevels } from "../../schema/core.ts";
import { taskEnvelope } from "../core/http/envelopes.ts";
import { pagingQuery } from "../core/http/paging.ts";
import { describeErrors } from "../core/http/router.ts";

export const logErrors = describeErrors(taskEnvelope);

export const logLevel = z.enum(logLevels);

/** Lists of log entries are longer than others. */
const LOG_PAGE_SIZE = 50;
const MAX_LOG_PAGE_SIZE = 200;

export const logPaging = pagingQuery({ usual: LOG_PAGE_SIZE, most: MAX_LOG_PAGE_SIZE });
