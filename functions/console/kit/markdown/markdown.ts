/** Markdown as a tree. What is not of these kinds stays text: there is no raw HTML in it. */
export type Block =
  | { kind: "heading"; level: number; text: Inline[] }
  | { kind: "paragraph" | "quote"; text: Inline[] }
  | { kind: "list"; isOrdered: boolean; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "rule" };

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; text: Inline[] }
  | { kind: "emphasis"; text: Inline[] }
  | { kind: "link"; href: string; text: Inline[] };

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const FENCE = /^\s*(?:```|~~~)/;

/** Reads the Markdown of release notes: headings, lists, quotes, code, links, emphasis. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const { block, next } = readBlock(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines: string[], at: number): { block?: Block; next: number } {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { next: at + 1 };
  if (FENCE.test(line)) {
    const end = lines.findIndex((other, index) => index > at && FENCE.test(other));
    const last = end < 0 ? lines.length : end;
    return { block: { kind: "code", text: lines.slice(at + 1, last).join("\n") }, next: last + 1 };
  }
  const [, marks, title] = HEADING.exec(line) ?? [];
  if (marks)
    return { block: { kind: "heading", level: marks.length, text: inlines(title ?? "") }, next: at + 1 };
  if (RULE.test(line)) return { block: { kind: "rule" }, next: at + 1 };
  const isQuote = line.startsWith(">");
  const [, number, first] = ITEM.exec(line) ?? [];
  if (first !== undefined) return readList(lines, at, number !== undefined);
  const end = endOf(lines, at + 1, (other) => !startsBlock(other) || (isQuote && other.startsWith(">")));
  const joined = lines.slice(at, end).map((one) => one.replace(/^>\s?/, "").trim());
  return { block: { kind: isQuote ? "quote" : "paragraph", text: inlines(joined.join(" ")) }, next: end };
}

function readList(lines: string[], at: number, isOrdered: boolean): { block: Block; next: number } {
  const end = endOf(lines, at + 1, (other) => ITEM.test(other) || /^\s+\S/.test(other));
  const items: string[] = [];
  for (const line of lines.slice(at, end)) {
    const [, , item] = ITEM.exec(line) ?? [];
    if (item === undefined) items.push(`${items.pop() ?? ""} ${line.trim()}`);
    else items.push(item);
  }
  return { block: { kind: "list", isOrdered, items: items.map(inlines) }, next: end };
}

const startsBlock = (line: string) =>
  line.trim() === "" || [HEADING, RULE, FENCE, ITEM, /^>/].some((pattern) => pattern.test(line));

function endOf(lines: string[], from: number, belongs: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= from && (line.trim() === "" || !belongs(line)));
  return end < 0 ? lines.length : end;
}

const INLINE =
  /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*(\S(?:[^*]*\S)?)\*|\[([^\]]+)\]\(([^\s)]+)\)|(https?:\/\/[^\s<>)]+)/;

/** Text with links, code and emphasis. Only addresses of the web and mail become links. */
function inlines(text: string): Inline[] {
  const match = INLINE.exec(text);
  if (!match) return text === "" ? [] : [{ kind: "text", text }];
  const [whole, code, strong, alsoStrong, emphasis, label, address, bare] = match;
  const before: Inline[] = match.index > 0 ? [{ kind: "text", text: text.slice(0, match.index) }] : [];
  return [
    ...before,
    inlineOf({ whole, code, strong: strong ?? alsoStrong, emphasis, label, address, bare }),
    ...inlines(text.slice(match.index + whole.length)),
  ];
}

type Matched = Record<"code" | "strong" | "emphasis" | "label" | "address" | "bare", string | undefined> & {
  whole: string;
};

function inlineOf({ whole, code, strong, emphasis, label, address, bare }: Matched): Inline {
  if (code !== undefined) return { kind: "code", text: code };
  if (strong !== undefined) return { kind: "strong", text: inlines(strong) };
  if (emphasis !== undefined) return { kind: "emphasis", text: inlines(emphasis) };
  const href = address ?? bare ?? "";
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return { kind: "text", text: whole };
  return { kind: "link", href, text: label === undefined ? [{ kind: "text", text: href }] : inlines(label) };
}
