import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { AssetManifest } from "./front/assets.ts";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The rules of Cloudflare's `_headers`: a pattern at the margin, its headers indented below it. */
type HeaderRule = { pattern: RegExp; headers: [name: string, value: string][] };

/**
 * Which path answers with which file of a folder of static assets, as Cloudflare would serve it: pages without their
 * extension, the folder's index at `/`, the headers of `_headers`, an ETag of the content.
 */
export function assetManifest(folder: string): AssetManifest {
  const rules = readRules(join(folder, "_headers"));
  const files = globSync("**/*", { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(
    names
      .filter((name) => name !== "_headers")
      .map((name) => {
        const path = `/${name}`.replace(/(?:index)?\.html$/, "");
        return [path, { file: name, headers: headersOf(path, join(folder, name), rules) }];
      }),
  );
}

function headersOf(path: string, file: string, rules: HeaderRule[]): Record<string, string> {
  const content = readFileSync(file);
  return {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Length": String(content.length),
    "Cache-Control": "public, max-age=0, must-revalidate",
    ETag: `"${createHash("sha256").update(content).digest("hex").slice(0, 32)}"`,
    ...Object.fromEntries(
      rules.filter(({ pattern }) => pattern.test(path)).flatMap(({ headers }) => headers),
    ),
  };
}

function readRules(file: string): HeaderRule[] {
  const rules: HeaderRule[] = [];
  for (const line of readFileSync(file, "utf8")
    .split("\n")
    .filter((text) => text.trim() !== "")) {
    if (/^\S/.test(line)) {
      const pattern = line.trim().split("*").map(literal).join(".*");
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    } else {
      const [name = "", ...value] = line.trim().split(":");
      rules.at(-1)?.headers.push([name, value.join(":").trim()]);
    }
  }
  return rules;
}

const literal = (part: string) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
