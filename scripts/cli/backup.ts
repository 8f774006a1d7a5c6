import type { Command } from "commander";
import { basename, join } from "node:path";
import { readResult } from "../client/ask.ts";
import { Backup, deleteBackup, listBackups, locateBackup } from "./backup-api.ts";
import { connect } from "./context.ts";
import type { Context } from "./context.ts";
import { fetchFile, isFolder } from "./download-file.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { jobCount } from "./jobs.ts";
import { keyOf } from "./keys.ts";
import { humanSize, table } from "./output.ts";
import { command } from "./run.ts";
import { uploadFile } from "./upload-file.ts";

const USER_KEY = { flag: "--user-key", variable: "SLIPWAY_USER_KEY", what: "user key" };
const KEY_HELP = "user key, instead of SLIPWAY_USER_KEY (others on this machine may see it)";
const TYPES = ["program", "plugin"];

type Flags = { userKey?: string };

/** Adds `slipway backup push | list | pull | delete`. */
export function addBackup(program: Command): void {
  const backup = program.command("backup").description("keep backups under a user key, get them back");
  command(backup, "push <file>", "keep a file as a new backup")
    .option("--type <type>", "program or plugin (required)")
    .option("--description <text>", "what it is")
    .option("--user-key <key>", KEY_HELP)
    .option("--jobs <n>", "parts sent at the same time", jobCount, 4)
    .addHelpText("after", "\nThe same command run again resumes an interrupted push.")
    .action(push);
  command(backup, "list", "list the key's backups, newest first")
    .option("--user-key <key>", KEY_HELP)
    .action(list);
  command(backup, "pull <id>", "fetch a backup, resume what is there of it, verify its SHA-256")
    .option("-o, --output <path>", "file or folder to write to")
    .option("--force", "replace another file of the same name")
    .option("--user-key <key>", KEY_HELP)
    .action(pull);
  command(backup, "delete <id>", "delete a backup").option("--user-key <key>", KEY_HELP).action(remove);
}

type PushFlags = Flags & { type?: string; description?: string; jobs: number };

async function push(ctx: Context, [file]: string[], flags: PushFlags): Promise<undefined> {
  if (file === undefined) throw usage("Name the file to keep.");
  const { type: backup_type = "", description, jobs } = flags;
  if (!TYPES.includes(backup_type))
    throw usage("Say which type of backup it is.", `Pass --type ${TYPES.join(" or ")}.`);
  const user_key = keyOf(flags.userKey, ctx.env, USER_KEY);
  ctx.interruptHint = "Run the same command again to resume.";
  const outcome = await uploadFile(ctx, await connect(ctx), {
    file,
    filename: basename(file),
    kind: "backup",
    credential: "never",
    fields: { user_key, backup_type, description },
    again: "new",
    jobs,
    wait: true,
  });
  if (outcome.state !== "ready") throw new Error("an upload that is waited for ends ready");
  const kept = readResult(Backup, outcome.result);
  ctx.out.result({ ...kept, resumed: outcome.resumed }, [
    `Kept ${kept.file_name} as backup ${kept.id}, ${humanSize(kept.file_size)}, SHA-256 ${kept.file_hash}`,
  ]);
}

async function list(ctx: Context, _args: string[], flags: Flags): Promise<undefined> {
  const user_key = keyOf(flags.userKey, ctx.env, USER_KEY);
  const found = await listBackups(await connect(ctx), user_key);
  const rows = found.map((backup) => [
    String(backup.id),
    backup.backup_type,
    humanSize(backup.file_size),
    backup.created_at,
    backup.file_name,
    backup.description,
  ]);
  const heading = ["ID", "TYPE", "SIZE", "CREATED", "NAME", "DESCRIPTION"];
  ctx.out.result(found, found.length === 0 ? ["No backups."] : table([heading, ...rows]));
}

type PullFlags = Flags & { output?: string; force?: boolean };

async function pull(ctx: Context, [text]: string[], flags: PullFlags): Promise<undefined> {
  const wanted = idOf(text);
  const user_key = keyOf(flags.userKey, ctx.env, USER_KEY);
  const client = await connect(ctx);
  const backup = (await listBackups(client, user_key)).find(({ id }) => id === wanted);
  if (backup === undefined) {
    throw new ClientError(EXIT.notFound, "BACKUP_NOT_FOUND", `This key has no backup ${text}.`, {
      hint: "`slipway backup list` shows what there is.",
    });
  }
  ctx.interruptHint = "Run the same command again to resume.";
  const { id, file_size: size, file_hash: sha256 } = backup;
  const path = await targetPath(flags.output, backup.file_name);
  const locate = () => locateBackup(client, user_key, id);
  const done = await fetchFile(ctx, { locate, path, size, sha256, force: flags.force === true });
  const verb = done.already ? "Already there:" : "Pulled";
  ctx.out.result({ id, ...done, verified: true }, [
    `${verb} ${done.path}, ${humanSize(size)}, SHA-256 verified (${sha256})`,
  ]);
}

async function remove(ctx: Context, [text]: string[], flags: Flags): Promise<undefined> {
  const id = idOf(text);
  const user_key = keyOf(flags.userKey, ctx.env, USER_KEY);
  await deleteBackup(await connect(ctx), user_key, id);
  ctx.out.result({ id, deleted: true }, [`Deleted backup ${id}.`]);
}

function idOf(text = ""): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw usage(`"${text}" is not the id of a backup.`, "`slipway backup list` shows the ids.");
}

/**
 * The backup is saved under the name that its file had. Other programs may have chosen that name, so nothing in it may lead
 * to another folder.
 */
async function targetPath(output: string | undefined, name: string): Promise<string> {
  if (output !== undefined && !(await isFolder(output))) {
    if (output.endsWith("/")) throw usage(`There is no folder ${output}: create it first.`);
    return output;
  }
  if (/^\.|[\p{Cc}\\/:]/u.test(name))
    throw usage("The backup's own name cannot be used here.", "Pass --output.");
  return join(output ?? ".", name);
}
