import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CONSOLE = join(ROOT, "functions", "console");
/** What it is made of besides the locked packages: its own sources, and how clients send files and read folders. */
const SOURCES = [CONSOLE, join(ROOT, "scripts", "client"), join(ROOT, "functions", "kit")];
const STAMP = join(ROOT, "dist", "console.sha256");

/** Where the built console lies. */
export const BUILT_CONSOLE = join(ROOT, "dist", "console");

/** The SHA-256 of all that the console is made of: its sources, the locked packages, and how it is built. */
export function hashConsole(): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files, join(ROOT, "package-lock.json"), fileURLToPath(import.meta.url)].toSorted()) {
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Builds the web console, unless what it is made of has not changed. @throws Error when it does not build. */
export function buildConsole(): void {
  const sources = hashConsole();
  if (existsSync(BUILT_CONSOLE) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources) return;
  rmSync(STAMP, { force: true });
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  // Its report is of no interest to whoever starts the server, its errors are.
  execFileSync(
    process.execPath,
    [vite, "build", CONSOLE, "--configLoader", "native", "--logLevel", "error"],
    {
      cwd: ROOT,
      // Tests have another one, with which Vue would be built as it is for developing.
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  writeFileSync(STAMP, sources);
}
