import type { Answer } from "./answer.ts";
import type { Refusal } from "./refusal.ts";

export type Xml = string | number | boolean | undefined | Xml[] | { [name: string]: Xml };

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An answer in S3's XML. */
export function xmlAnswer(root: string, content: Xml, headers: Record<string, string> = {}): Answer {
  const body = `${DECLARATION}<${root} xmlns="${NAMESPACE}">${inner(content)}</${root}>`;
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body };
}

/** The answer for a refusal. Errors have no namespace. */
export function errorAnswer(refusal: Refusal, resource: string, requestId: string): Answer {
  const { status, code, message, details, headers } = refusal;
  const content = { Code: code, Message: message, ...details, Resource: resource, RequestId: requestId };
  return {
    status,
    headers: { "content-type": "application/xml", ...headers },
    body: `${DECLARATION}<Error>${inner(content)}</Error>`,
  };
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function element(name: string, content: Xml): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((one) => element(name, one)).join("");
  // A name may be followed by attributes.
  return `<${name}>${inner(content)}</${name.split(" ", 1)[0]}>`;
}

function inner(content: Xml): string {
  if (Array.isArray(content) || content === undefined) return "";
  if (typeof content !== "object") return escape(String(content));
  return Object.entries(content)
    .map(([child, value]) => element(child, value))
    .join("");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * Control characters are written as numbers, as S3 does, because keys may contain them; strict readers refuse them all the
 * same.
 */
function escape(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[&<>"\u0000-\u001f]/g, (char) => ENTITIES[char] ?? `&#${char.charCodeAt(0)};`);
}
