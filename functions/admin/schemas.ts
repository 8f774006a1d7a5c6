import { z } from "zod";
import { accountId, userSchema } from "../accounts/schemas.ts";
import { taskEnvelope } from "../core/http/envelopes.ts";
import { describeErrors } from "../core/http/router.ts";

export const adminErrors = describeErrors(taskEnvelope);

export const userParam = z.object({ user_id: accountId });

export const managedUserSchema = z
  .object({ ...userSchema.shape, is_active: z.boolean() })
  .meta({ id: "ManagedUser" });
