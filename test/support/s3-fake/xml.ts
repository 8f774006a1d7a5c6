import { XMLParser } from "fast-xml-parser";
import { Refusal, type Answer } from "./wire.ts";

type Xml = string | number | boolean | undefined | Xml[] | { [name: string]: Xml };

export function xmlAnswer(root: string, content: Xml, status = 200): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}`;
  return { status, headers: { "content-type": "application/xml" }, body };
}

export function errorAnswer({ status, code, message, details }: Refusal): Answer {
  return xmlAnswer("Error", { Code: code, Message: message, ...details, RequestId: "fake" }, status);
}

function element(name: string, content: Xml): string {
  if (content === undefined) return "";
  if (Array.isArray(content)) return content.map((one) => element(name, one)).join("");
  const inner =
    typeof content === "object"
      ? Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join("")
      : escape(String(content));
  return `<${name}>${inner}</${name}>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string) => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

const parser = new XMLParser({ parseTagValue: false });

/** The child elements called `name` under `root`, each as its own children's text. */
export function readXml(body: Buffer, root: string, name: string): Record<string, string>[] {
  const refusal = new Refusal(400, "MalformedXML", "The XML you provided was not well-formed.");
  try {
    const parsed: unknown = parser.parse(body.toString("utf8"), true);
    const found = field(field(parsed, root), name);
    return [found]
      .flat()
      .filter((one): one is Record<string, string> => typeof one === "object" && one !== null);
  } catch {
    throw refusal;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
