import { z } from "zod";
import { logLevels } from "../../schema/admin.ts";
import { userSchema } from "../accounts/schemas.ts";
import { taskEnvelope } from "../core/http/envelopes.ts";
import { pagingQuery } from "../core/http/paging.ts";
import { describeErrors } from "../core/http/router.ts";

export const adminErrors = describeErrors(taskEnvelope);

/** Longer than any id that was ever given out. */
const MAX_ID = 100;
/** Longer than what anybody looks for. */
const MAX_SEARCH = 200;

export const accountId = z.string().max(MAX_ID).meta({ example: "usr_01k8f3q5zj7m0c2w9x4e6t8r1a" });
export const userParam = z.object({ user_id: accountId });

export const searchText = z.string().trim().min(1).max(MAX_SEARCH);

export const managedUserSchema = z
  .object({ ...userSchema.shape, is_active: z.boolean() })
  .meta({ id: "ManagedUser" });

export const logLevel = z.enum(logLevels);

/** Contract 4's. */
const LOG_PAGE_SIZE = 50;
const MAX_LOG_PAGE_SIZE = 200;

export const logPaging = pagingQuery({ usual: LOG_PAGE_SIZE, most: MAX_LOG_PAGE_SIZE });
