import { isClientKey } from "../../functions/kit/text.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";

/**
 * A key under which files are published, from its flag or its environment variable. Neither the key nor what was given in
 * its place is ever shown.
 * @throws ClientError NO_KEY where there is none.
 */
export function keyOf(
  flag: string | undefined,
  env: NodeJS.ProcessEnv,
  name: { flag: string; variable: string; what: string },
): string {
  const key = flag ?? env[name.variable];
  if (key === undefined || key === "") {
    throw new ClientError(EXIT.authentication, "NO_KEY", `This needs a ${name.what}.`, {
      hint: `Set ${name.variable}, or pass ${name.flag}.`,
    });
  }
  if (isClientKey(key)) return key;
  throw usage(
    `The ${name.what} is not valid.`,
    "It has 1 to 256 characters, none of them a line break or another control character.",
  );
}
