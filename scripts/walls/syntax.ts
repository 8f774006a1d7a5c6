import { visitorKeys } from "oxc-parser";

/** A node of the parser's tree. Its other properties are read by name. */
export type Node = { type: string; start: number; [property: string]: unknown };

/** Calls `visit` for a node and for all nodes below it, each with its parent. */
export function walk(node: Node, visit: (node: Node, above: Node | undefined) => void, above?: Node): void {
  visit(node, above);
  for (const key of visitorKeys[node.type] ?? []) {
    for (const below of [node[key]].flat()) if (isNode(below)) walk(below, visit, node);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** The node in a property. */
export function child(node: Node, property: string): Node | undefined {
  const value = node[property];
  return isNode(value) ? value : undefined;
}

/** The nodes in a property that is a list. */
export function children(node: Node, property: string): Node[] {
  return [node[property]].flat().filter(isNode);
}

/** The name of an identifier. */
export const nameOf = (node: Node | undefined): string | undefined =>
  node?.type === "Identifier" ? String(node.name) : undefined;

/** The text of a literal, or of a template without expressions. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type !== "TemplateLiteral" || children(node, "expressions").length > 0) return undefined;
  return quasis(node).join("");
}

/** The pieces of text between a template's expressions. */
export const quasis = (template: Node): string[] =>
  children(template, "quasis").map(({ value }) => (value as { raw: string }).raw);

/** For a call `a.b(...)`: a and "b". */
export function methodOf(call: Node): { object: Node; method: string } | undefined {
  const callee = call.type === "CallExpression" ? child(call, "callee") : undefined;
  if (callee?.type !== "MemberExpression" || callee.computed === true) return undefined;
  const [object, method] = [child(callee, "object"), nameOf(child(callee, "property"))];
  return object && method !== undefined ? { object, method } : undefined;
}
