// The action's only step, run by the runner's own Node (20 or newer). It passes the inputs as flags to the command line
// beside it, and writes that command's answer as outputs and as a summary of the job.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** Inputs that become a flag with their value. SWITCHES become a flag without a value when they are "true". */
const VALUES = [
  "version",
  "software",
  "channel",
  "platform",
  "arch",
  "type",
  "from-version",
  "description",
  "notes-file",
];
const SWITCHES = ["critical", "unstable", "draft"];

const url = (input("url") || process.env.SLIPWAY_URL || "").replace(/\/+$/, "");
const apiKey = input("api-key") || process.env.SLIPWAY_API_KEY || "";
if (apiKey) process.stdout.write(`::add-mask::${apiKey}\n`);

const commandLine = ["slipway.mjs", "../../dist/action/slipway.mjs"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

if (!commandLine)
  fail('The command line is missing beside this action: "npm run pack" puts both into dist/action.');
else if (!url) fail("Say which server: the input url, or the variable SLIPWAY_URL.");
else if (!apiKey) fail("A key is needed: the input api-key from a secret, or the variable SLIPWAY_API_KEY.");
else await publish();

async function publish() {
  const flags = [
    ...VALUES.filter((name) => input(name)).map((name) => `--${name}=${input(name)}`),
    ...SWITCHES.filter((name) => input(name) === "true").map((name) => `--${name}`),
    ...changelog(input("changelog")),
    ...input("arguments")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ];
  const paths = input("path")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const child = spawn(
    process.execPath,
    [commandLine, "publish", "--json", "--yes", ...flags, "--", ...paths],
    {
      env: { ...process.env, INPUT_API_KEY: "", SLIPWAY_URL: url, SLIPWAY_API_KEY: apiKey },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise((resolve) => child.once("close", resolve));
  const answer = parse(await text(child.stdout));
  const code = await ended;
  const packages = (answer.packages ?? (answer.error ? [] : [answer])).map(absolute);
  const published = packages.filter(({ state }) => state !== "failed");
  output("version", published[0]?.version ?? "");
  const visible = published.filter(({ download_url }) => download_url);
  output("package-ids", JSON.stringify(visible.map(({ package_id }) => package_id)));
  output("download-urls", JSON.stringify(visible.map(({ download_url }) => download_url)));
  output("packages", JSON.stringify(published));
  summary(packages, answer.error);
  for (const { file, error } of packages.filter((one) => one.state === "failed"))
    fail(`${file}: ${error.message}`);
  if (answer.error) fail([answer.error.message, answer.error.hint].filter(Boolean).join(" "));
  process.exitCode = code ?? 1;
}

/** "true" is the CHANGELOG.md of the folder or above; anything else names a file. */
function changelog(name) {
  if (name === "" || name === "false") return [];
  return name === "true" ? ["--changelog"] : [`--changelog=${name}`];
}

function absolute(one) {
  if (one.download_url === undefined) return one;
  return { ...one, download_url: new URL(one.download_url, `${url}/`).href };
}

/** @param {string} name as in action.yml */
function input(name) {
  return (process.env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`] ?? "").trim();
}

function output(name, value) {
  const end = randomUUID();
  append("GITHUB_OUTPUT", `${name}<<${end}\n${value}\n${end}\n`);
}

function summary(packages, error) {
  const rows = packages.map((one) =>
    one.state === "failed"
      ? [one.file, "", "", "", "", `failed: ${one.error.message}`]
      : [one.file, one.version, one.platform, one.arch, megabytes(one.file_size), link(one)],
  );
  const table = [["File", "Version", "Platform", "Arch", "Size", "Package"], Array(6).fill("---"), ...rows];
  const lines = table.map((cells) => `| ${cells.map(cell).join(" | ")} |`);
  const what = error ? `Nothing was published: ${cell(error.message)}` : lines.join("\n");
  append("GITHUB_STEP_SUMMARY", `### Published to Slipway\n\n${what}\n`);
}

function megabytes(bytes) {
  return bytes === undefined ? "" : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

function link({ state, package_id, download_url, upload_id }) {
  if (download_url) return `[${package_id}](${download_url})`;
  return `${state === "held" ? "held until its release is published" : "being verified"} (${upload_id})`;
}

/** A cell of a Markdown table. A file's name must not become Markdown or HTML. */
function cell(value) {
  return String(value ?? "")
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;");
}

function append(variable, content) {
  if (process.env[variable]) appendFileSync(process.env[variable], content);
}

function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return { error: { message: "The command line ended without an answer; its own words are above." } };
  }
}

function fail(message) {
  const escaped = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  process.stdout.write(`::error::${escaped}\n`);
  process.exitCode = 1;
}
