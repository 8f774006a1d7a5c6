import { createRoute, z } from "@hono/zod-openapi";
import { signInEnvelope } from "../core/http/envelopes.ts";
import { contextOf } from "../core/http/request.ts";
import { describeErrors, type Router } from "../core/http/router.ts";
import { withUser } from "./authenticate.middleware.ts";
import { userSecurity } from "./schemas.ts";
import { getCurrentUser } from "./users.ts";

/** `UserPublic` of FastAPI's full-stack template, whose front-ends ask for it after signing in. */
const publicUser = z
  .object({
    id: z.string().meta({ example: "usr_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
    email: z.string(),
    full_name: z.string().nullable(),
    is_active: z.boolean(),
    is_superuser: z.boolean().meta({ description: "Whether this is an administrator" }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "PublicUser" });

const route = createRoute({
  method: "get",
  path: "/api/v1/users/me",
  operationId: "getSignedInUser",
  tags: ["Accounts"],
  summary: "The signed-in user, as clients of the catalogue know one",
  security: userSecurity,
  middleware: withUser,
  responses: {
    200: { description: "The user", content: { "application/json": { schema: publicUser } } },
    ...describeErrors(signInEnvelope)("INVALID_TOKEN"),
  },
});

export const getSignedInUserRoute = (router: Router) =>
  router.openapi(route, async (c) => {
    const { id, email, full_name, role, created_at } = await getCurrentUser(contextOf(c));
    const isSuperuser = role === "admin";
    return c.json(
      {
        id,
        email,
        full_name: full_name || null,
        // Nobody else has a session.
        is_active: true,
        is_superuser: isSuperuser,
        created_at,
      },
      200,
    );
  });
