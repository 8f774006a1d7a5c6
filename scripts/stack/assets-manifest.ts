import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { ENCODED, encodedName } from "../assets/encode.ts";
import type { Asset, AssetManifest } from "./front/assets.ts";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
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
      .filter((name) => name !== "_headers" && !name.startsWith(`${ENCODED}/`))
      .map((name) => {
        const path = `/${name}`.replace(/(?:index)?\.html$/, "");
        const content = readFileSync(join(folder, name));
        const encoded = encodedForms(folder, content);
        return [path, { file: name, headers: headersOf(path, name, content, rules), encoded }];
      }),
  );
}

/** The compressed forms that were made of a file. */
function encodedForms(folder: string, content: Buffer): Asset["encoded"] {
  const forms = Object.entries({ br: ".br", gzip: ".gz" }).flatMap(([encoding, ending]) => {
    const file = `${ENCODED}/${encodedName(content)}${ending}`;
    const path = join(folder, file);
    return existsSync(path) ? [[encoding, { file, size: statSync(path).size }] as const] : [];
  });
  return forms.length > 0 ? Object.fromEntries(forms) : undefined;
}

function headersOf(path: string, file: string, content: Buffer, rules: HeaderRule[]): Record<string, string> {
  return {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Length": String(content.length),
    "Cache-Control": "public, max-age=0, must-revalidate",
    ETag: `"${encodedName(content)}"`,
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
