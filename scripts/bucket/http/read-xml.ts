import { refusals } from "./refusal.ts";

/** One element of a small document: its text, if it has no children, and its children. */
export type Element = { name: string; text: string; children: Element[] };

const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;
const MAX_DEPTH = 8;

/**
 * Reads the small documents that S3 takes: elements and text, no DOCTYPE, no CDATA; attributes and prefixes are passed
 * over. Refuses what is not well-formed or is not called `root`.
 */
export function readXml(document: string, root: string): Element {
  const top: Element = { name: "", text: "", children: [] };
  const open = [top];
  const text = document.replace(/^\uFEFF/, "");
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    const parent = open.at(-1);
    if (found === null || parent === undefined) throw refusals.malformedXml();
    const [, closes, opens, , empty, content] = found;
    if (content !== undefined) parent.text += decode(content);
    if (closes !== undefined && (open.length < 2 || open.pop()?.name !== local(closes))) {
      throw refusals.malformedXml();
    }
    if (opens === undefined) continue;
    const element: Element = { name: local(opens), text: "", children: [] };
    parent.children.push(element);
    if (empty === "") open.push(element);
    if (open.length > MAX_DEPTH) throw refusals.malformedXml();
  }
  const [found, ...more] = top.children;
  if (open.length !== 1 || found?.name !== root || more.length > 0 || top.text.trim() !== "") {
    throw refusals.malformedXml();
  }
  return found;
}

/** The children called `name`. */
export const childrenOf = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name);

/** The text of the first child called `name`. */
export const textOf = (element: Element, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text;

const local = (name: string) => name.slice(name.indexOf(":") + 1);

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (_, hex, decimal, name: string) => {
    if (name !== undefined) {
      const entity = ENTITIES[name];
      if (entity === undefined) throw refusals.malformedXml();
      return entity;
    }
    const code = hex === undefined ? Number(decimal) : parseInt(String(hex), 16);
    if (code > 0x10ffff) throw refusals.malformedXml();
    return String.fromCodePoint(code);
  });
}
