import type { Command } from "commander";
import { setVisibility } from "./api.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { command } from "./run.ts";

/** What each word comes to. */
const DONE: Readonly<Record<string, string>> = {
  private: "is private: checks, lists and downloads need a key that may read it",
  public: "is public",
};

/** Adds `slipway visibility`. */
export function addVisibility(program: Command): void {
  command(
    program,
    "visibility <software> <public|private>",
    "say who may see software: all, or holders of a key",
  )
    .addHelpText(
      "after",
      "\nSoftware that is not there is made, so that its first package is private already.",
    )
    .action(visibility);
}

async function visibility(ctx: Context, [software = "", wanted = ""]: string[]): Promise<undefined> {
  const done = Object.hasOwn(DONE, wanted) ? DONE[wanted] : undefined;
  if (done === undefined) throw usage(`"${wanted}" is no visibility.`, "It is public or private.");
  const answer = await setVisibility(await connect(ctx), software, wanted);
  ctx.out.result(answer, [`${software} ${done}.`]);
}
