import type { core } from "zod/mini";
import type { Call, Client } from "./client.ts";
import { ClientError, EXIT } from "./errors.ts";

/** A schema in either of zod's two forms. */
type Shape<T> = {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: Pick<core.$ZodError, "issues"> };
};

/** Sends a request and reads its JSON answer in a known shape. */
export async function ask<T>(
  client: Client,
  shape: Shape<T>,
  method: string,
  path: string,
  call?: Call,
): Promise<T> {
  const { json } = await client.call(method, path, call);
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  throw notOurs(path, parsed.error);
}

/** Reads what a finished upload became, in the shape of its kind. */
export function readResult<T>(shape: Shape<T>, result: unknown): T {
  const parsed = shape.safeParse(result);
  if (parsed.success) return parsed.data;
  throw notOurs("the upload", parsed.error);
}

function notOurs(question: string, { issues }: Pick<core.$ZodError, "issues">): ClientError {
  const where = issues[0]?.path.join(".") ?? "";
  const text = `The server's answer to ${question} has no valid "${where}".`;
  return new ClientError(EXIT.unavailable, "NOT_SLIPWAY", text, {
    hint: "The server and this command line may be of different versions: see `slipway doctor`.",
  });
}
