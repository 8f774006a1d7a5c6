/** An element: its name, its attributes, and a text or elements inside it. What is null or undefined is left out. */
export type Element = {
  name: string;
  attributes?: Readonly<Record<string, string | number | null | undefined>>;
  content?: string | number | null | readonly (Element | null | undefined)[];
};

/** What XML 1.0 cannot say, escaped or not. */
// oxlint-disable-next-line no-control-regex
const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** An XML 1.0 document in UTF-8, an element a line. Everything in it is escaped; what XML cannot say is left out. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, "")}`;
}

function elementText({ name, attributes = {}, content }: Element, indent: string): string {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  if (content === null || content === undefined || content === "") return `${indent}<${name}${shown}/>\n`;
  if (typeof content === "string" || typeof content === "number")
    return `${indent}<${name}${shown}>${escaped(String(content))}</${name}>\n`;
  const inner = content.map((element) => (element ? elementText(element, `${indent}  `) : "")).join("");
  return `${indent}<${name}${shown}>\n${inner}${indent}</${name}>\n`;
}

function escaped(text: string): string {
  return text
    .replace(UNSAYABLE, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
