import type { Source } from "./source.ts";
import { child, children, methodOf, nameOf, quasis, textOf, type Node } from "./syntax.ts";

const WRITES = new Set(["insert", "update", "delete"]);
/** The mark that stands for an expression in the text of a template, with the expression's number. */
const HOLE = (index: number) => `¤${index}¤`;
const QUOTED = /'[^']*'/g;
const WORD = /(?<![\w.¤])(?<!\bas\s+)[a-z_]+\b/gi;
const WRITTEN =
  /\b(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+(?:¤(\d+)¤|"?(\w+))/gi;

type Place = {
  /**
   * The file's imports of the schema: the name that the file uses, and the name in the schema, which is "*" for an import
   * of everything.
   */
  schema: ReadonlyMap<string, string>;
  line: number;
};

/** Records the tables that a node writes and the words in its SQL. */
export function readSql(node: Node, place: Place, source: Source): void {
  const call = methodOf(node);
  const [first] = children(node, "arguments");
  if (call && WRITES.has(call.method)) {
    const name = tableOf(first, place);
    if (name !== undefined) source.writes.push({ name, line: place.line });
  }
  if (node.type === "TaggedTemplateExpression" && nameOf(child(node, "tag")) === "sql") {
    const template = child(node, "quasi");
    if (template) readText(quasis(template), children(template, "expressions"), place, source);
  }
  if (call?.method === "raw" && nameOf(call.object) === "sql" && first) {
    const text = textOf(first);
    if (text !== undefined) readText([text], [], place, source);
    else if (first.type === "TemplateLiteral") {
      readText(quasis(first), children(first, "expressions"), place, source);
    }
  }
}

function readText(texts: string[], holes: Node[], place: Place, source: Source): void {
  const text = texts
    .map((piece, index) => (index < holes.length ? piece + HOLE(index) : piece))
    .join("")
    .replaceAll(QUOTED, (quoted) => quoted.replaceAll(/[^\n]/g, " "));
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const line = place.line + text.slice(0, index).split("\n").length - 1;
    source.words.push({ name: word.toLowerCase(), line });
  }
  for (const [, hole, word] of text.matchAll(WRITTEN)) {
    const name = hole === undefined ? word : tableOf(holes[Number(hole)], place);
    if (name !== undefined) source.writes.push({ name, line: place.line });
  }
}

/** The constant of the schema to which an expression refers. */
function tableOf(node: Node | undefined, { schema }: Place): string | undefined {
  if (node?.type === "MemberExpression" && schema.get(nameOf(child(node, "object")) ?? "") === "*") {
    return nameOf(child(node, "property"));
  }
  return schema.get(nameOf(node) ?? "");
}
