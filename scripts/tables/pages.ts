import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Folders that hold nothing of ours. */
const FOREIGN = new Set(["node_modules", "dist", ".git", ".slipway", ".wrangler"]);

/** Every page of the tree, as a path from its root. */
export function allPages(root = ROOT): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split("/").some((part) => FOREIGN.has(part)))
    .toSorted();
}

/**
 * The page with `table` between the markers of that name, in place of what stands there.
 * @throws Error where the page has no such markers.
 */
export function withTable(page: string, name: string, table: string): string {
  const [begin, end] = [`<!-- table: ${name} -->\n`, `<!-- end of table: ${name} -->`];
  const [before, rest] = parts(page, begin);
  const [, after] = parts(rest, end);
  return `${before}${begin}\n${table}\n${end}${after}`;
}

function parts(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  if (at < 0) throw new Error(`the line ${separator.trim()} is missing`);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

/** A Markdown table. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line), ""].join("\n");
}

export const code = (text: string) => (text === "" ? "" : `\`${text}\``);

/** Links of a page to files or headings that do not exist. */
export function deadLinks(path: string, root = ROOT): string[] {
  const text = withoutFences(readFileSync(join(root, path), "utf8")).replace(/`[^`\n]*`/g, "");
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target).filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = "", heading] = target.split("#");
    const found = file === "" ? join(root, path) : join(root, dirname(path), decodeURI(file));
    if (!existsSync(found)) return true;
    return heading !== undefined && !headingsOf(readFileSync(found, "utf8")).has(heading);
  });
}

/** Paths that a page names in code, but that exist neither from the root nor from the page's own folder. */
export function deadPaths(path: string, root = ROOT): string[] {
  const text = withoutFences(readFileSync(join(root, path), "utf8"));
  return Array.from(
    text.matchAll(/`([\w./-]+\.(?:ts|mjs|js|sql|sh|toml|json|md))`/g),
    ([, named = ""]) => named,
  )
    .filter((named) => named.includes("/") && !named.startsWith("/"))
    .filter((named) => !existsSync(join(root, named)) && !existsSync(join(root, dirname(path), named)));
}

/** The anchors that GitHub makes of a page's headings. */
function headingsOf(text: string): Set<string> {
  const headings = Array.from(withoutFences(text).matchAll(/^#+ (.+)$/gm), ([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

const withoutFences = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "");
