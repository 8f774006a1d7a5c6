import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import "../functions/declarations.ts";
import {
  findAccounts,
  resetPassword,
  type NamedAccount,
} from "../functions/accounts/sign-in/reset-password.ts";
import { createDatabase, refusalOf } from "../functions/core/database/database.ts";
import { AppError } from "../functions/core/errors.ts";
import { StackError, reason } from "./stack/errors.ts";
import { openDatabase } from "./stack/open-database.ts";

const USAGE = `npm run admin -- reset-password [USERNAME]

Gives an account another password, for whoever runs the server. USERNAME is a user name or a mail address; without it, the
only administrator. Asks for the password; an empty one, or no terminal, makes one up and shows it once.
Acts on LIBSQL_URL where that is set, else on the data of \`npm start\` (DATA_DIR), which may be running.`;

const SHORTEST = 6;
const LONGEST = 128;

try {
  const [command, name, ...more] = process.argv.slice(2);
  if (command !== "reset-password" || more.length > 0) throw new StackError(USAGE);
  await reset(name);
} catch (error) {
  process.stderr.write(`${explained(error)}\n`);
  process.exitCode = 1;
}

async function reset(name: string | undefined): Promise<void> {
  const database = await openDatabase(process.env);
  try {
    const operator = { deps: { db: createDatabase(database), clock: () => Date.now() } };
    const account = theOne(await findAccounts(operator, name), name);
    const typed = await askPassword(account);
    const password = typed || randomBytes(15).toString("base64url");
    await resetPassword(operator, account, password);
    const shown = typed ? "" : `\n\n  ${password}\n\nIt is shown this once.`;
    const inactive = account.isActive
      ? ""
      : " The account is deactivated: an administrator has to activate it.";
    process.stdout.write(
      `${account.username} has another password, and every session has ended.${inactive}${shown}\n`,
    );
  } finally {
    await database.close();
  }
}

function theOne(found: NamedAccount[], name: string | undefined): NamedAccount {
  const [account] = found;
  if (account && found.length === 1) return account;
  if (found.length > 1) {
    throw new StackError(
      `Name one of the administrators: ${found.map(({ username }) => username).join(", ")}`,
    );
  }
  throw new StackError(
    name === undefined
      ? "There is no administrator yet: start the server once with `npm start`, or with ADMIN_PASSWORD set"
      : `There is no account ${name}: give the user name or mail address that it signs in with`,
  );
}

/** Asks for a password without showing what is typed. Empty where standard input is no terminal. */
async function askPassword({ username }: NamedAccount): Promise<string> {
  if (!process.stdin.isTTY) return "";
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  const stopped = new Promise<never>((_resolve, reject) =>
    lines.once("SIGINT", () => reject(new StackError("Stopped; nothing has changed"))),
  );
  try {
    for (;;) {
      process.stdout.write(`New password of ${username} (empty: one is made up): `);
      const typed = await Promise.race([lines.question(""), stopped]);
      process.stdout.write("\n");
      if (typed === "" || (typed.length >= SHORTEST && typed.length <= LONGEST)) return typed;
      process.stdout.write(`Passwords have ${SHORTEST} to ${LONGEST} characters.\n`);
    }
  } finally {
    lines.close();
  }
}

function explained(error: unknown): string {
  if (error instanceof StackError) return error.message;
  if (error instanceof AppError && error.params.problem !== undefined) return String(error.params.problem);
  return {
    unmigrated: "The database has no accounts yet: start the server once, or run `npm run migrate`",
    refused: "LIBSQL_AUTH_TOKEN: the database refuses the token; give one that may write",
    unreachable: `The password is not changed: ${reason(error)}`,
  }[refusalOf(error)];
}
