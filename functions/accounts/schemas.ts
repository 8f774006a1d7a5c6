import { z } from "@hono/zod-openapi";
import { scopes } from "../core/context.ts";

export const apiKeySecurity: Record<string, string[]>[] = [{ ApiKeyHeader: [] }, { ApiKeyBearer: [] }];

export const keySchema = z
  .object({
    id: z.string().meta({ example: "key_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
    name: z.string(),
    prefix: z.string().meta({ description: "The key's first characters, to recognise it by" }),
    scopes: z.array(z.enum(scopes)),
    expires_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "ApiKey" });
