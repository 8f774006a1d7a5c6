import type { Command } from "commander";
import type { CommonFlags, Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { toClientError } from "./errors.ts";
import type { ExitCode } from "../client/errors.ts";
import { traceExchanges } from "../client/http.ts";
import { createOutput, printError } from "./output.ts";

type Flags = Record<string, unknown>;
type Handler<F extends Flags> = (
  ctx: Context,
  args: string[],
  flags: F & CommonFlags,
) => Promise<ExitCode | undefined>;

/** A subcommand with the flags that all have; its `action` takes `(ctx, args, flags)` and gives an exit code or nothing. */
export function command(parent: Command, nameAndArgs: string, description: string): Subcommand {
  const made = parent
    .command(nameAndArgs)
    .description(description)
    .option("--url <url>", "address of the server, instead of SLIPWAY_URL")
    .option("--api-key <key>", "API key, instead of SLIPWAY_API_KEY (others on this machine may see it)")
    .option("--json", "print one JSON document and nothing else")
    .option("--verbose", "say on standard error what is asked of which server, and what it answers");
  const chain: Subcommand = {
    option(flags, text, parse, initial) {
      if (parse !== undefined) made.option(flags, text, parse, initial ?? 0);
      else made.option(flags, text);
      return chain;
    },
    list(flags, text) {
      const option = made.createOption(flags, text).default([], "none");
      made.addOption(option.argParser((value, before: string[]) => [...before, value]));
      return chain;
    },
    addHelpText(position, text) {
      made.addHelpText(position, text);
      return chain;
    },
    action<F extends Flags>(handler: Handler<F>) {
      made.action(async () => {
        process.exitCode = await run(made.args, made.opts<F & CommonFlags>(), handler);
      });
    },
  };
  return chain;
}

type Subcommand = {
  option(flags: string, text: string, parse?: (text: string) => number, initial?: number): Subcommand;
  /** An option that may be given several times; its flag is all values in order. */
  list(flags: string, text: string): Subcommand;
  addHelpText(position: "after", text: string): Subcommand;
  action<F extends Flags>(handler: Handler<F>): void;
};

async function run<F extends Flags>(
  args: string[],
  flags: F & CommonFlags,
  handler: Handler<F>,
): Promise<ExitCode> {
  const stop = new AbortController();
  const json = flags.json === true;
  const ctx: Context = {
    env: process.env,
    out: createOutput(json),
    signal: stop.signal,
    flags,
    interruptHint: undefined,
    networkHint: undefined,
  };
  // The first signal lets the command finish in order; the second ends it at once.
  const interrupt = () => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort());
  if (flags.verbose === true) traceExchanges((line) => process.stderr.write(`${line}\n`));
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    return (await handler(ctx, args, flags)) ?? EXIT.ok;
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write(`\nInterrupted. ${ctx.interruptHint ?? ""}`.trimEnd() + "\n");
      return EXIT.interrupted;
    }
    const shown = withHint(toClientError(error), ctx.networkHint);
    printError(shown, json);
    return shown.exitCode;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function withHint(error: ClientError, networkHint: string | undefined): ClientError {
  if (error.code !== "NETWORK" || networkHint === undefined) return error;
  const { exitCode, code, message, data, cause } = error;
  return new ClientError(exitCode, code, message, { hint: networkHint, data, cause });
}
