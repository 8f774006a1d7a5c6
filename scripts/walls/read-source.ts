import { parseSync } from "oxc-parser";
import { readSql } from "./read-sql.ts";
import { targetOf, type Import, type Source } from "./source.ts";
import { child, children, nameOf, textOf, walk, type Node } from "./syntax.ts";

const PLATFORM = new Set(["Request", "Response"]);

/** Reads one file. @throws Error where it cannot be parsed. */
export function readSource(path: string, text: string): Source {
  const isComponent = path.endsWith(".vue");
  const { program, module, errors } = isComponent
    ? parseSync(`${path}.ts`, scriptOf(text))
    : parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  const lineAt = lines(text);
  const source: Source = { path, imports: [], globals: [], words: [], writes: [], tables: [], opaque: [] };
  const own = new Set<string>();
  const schema = new Map<string, string>();
  for (const { entries, moduleRequest } of module.staticImports) {
    const target = targetOf(path, { specifier: moduleRequest.value, line: 0, starts: false });
    for (const { localName, importName } of entries) {
      own.add(localName.value);
      if (target?.startsWith("schema/")) schema.set(localName.value, importName.name ?? "*");
    }
  }
  walk(program as unknown as Node, (node, above) => {
    const line = lineAt(node.start);
    const imported = importOf(node);
    if (imported === null) source.opaque.push({ name: "import()", line });
    else if (imported) source.imports.push({ ...imported, line });
    const declared = declaredName(node);
    if (declared !== undefined) own.add(declared);
    const platform = platformName(node, above);
    if (platform !== undefined) source.globals.push({ name: platform, line });
    const table = declaredTable(node);
    if (table) source.tables.push(table);
    readSql(node, { schema, line }, source);
  });
  source.globals = source.globals.filter(({ name }) => !own.has(name));
  return source;
}

/** The script of a component, on the lines where it stands. */
function scriptOf(component: string): string {
  const [, before = "", script = ""] = /^(.*?<script[^>]*>)(.*?)<\/script>/s.exec(component) ?? [];
  return before.replaceAll(/[^\n]/g, "") + script;
}

function lines(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const next = starts.findIndex((start) => start > offset);
    return next < 0 ? starts.length : next;
  };
}

/**
 * The import that a node makes: undefined for a node that makes none, null where the imported file cannot be read from the
 * code.
 */
function importOf(node: Node): Omit<Import, "line"> | undefined | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "TSImportType": {
      const specifier = textOf(child(node, "source"));
      return specifier === undefined ? undefined : { specifier, starts: false };
    }
    case "ImportExpression": {
      const specifier = textOf(child(node, "source"));
      return specifier === undefined ? null : { specifier, starts: false };
    }
    case "TSExternalModuleReference": {
      const specifier = textOf(child(node, "expression"));
      return specifier === undefined ? undefined : { specifier, starts: false };
    }
    case "CallExpression":
    case "NewExpression": {
      const name = nameOf(child(node, "callee"));
      const starts = name === "URL" && isModuleAddress(children(node, "arguments")[1]);
      if (!starts && name !== "require") return undefined;
      const specifier = textOf(children(node, "arguments")[0]);
      return specifier === undefined ? undefined : { specifier, starts };
    }
    default:
      return undefined;
  }
}

/** Whether a node is `import.meta.url`. */
function isModuleAddress(node: Node | undefined): boolean {
  if (!node) return false;
  return child(node, "object")?.type === "MetaProperty" && nameOf(child(node, "property")) === "url";
}

const DECLARATIONS = new Set(["TSTypeAliasDeclaration", "TSInterfaceDeclaration", "ClassDeclaration"]);

const declaredName = (node: Node): string | undefined =>
  DECLARATIONS.has(node.type) ? nameOf(child(node, "id")) : undefined;

/** The platform's name that an identifier refers to; undefined where the identifier names something else. */
function platformName(node: Node, above: Node | undefined): string | undefined {
  const name = nameOf(node);
  if (name === undefined || !PLATFORM.has(name) || !above) return undefined;
  const isName = above.key === node || above.id === node || above.imported === node;
  const isMember = above.type === "MemberExpression" && above.property === node;
  const isQualified = above.type === "TSQualifiedName" && above.right === node;
  const ofGlobal = nameOf(child(above, isMember ? "object" : "left")) === "globalThis";
  return isName || ((isMember || isQualified) && !ofGlobal) ? undefined : name;
}

function declaredTable(node: Node): Source["tables"][number] | undefined {
  const call = node.type === "VariableDeclarator" ? child(node, "init") : undefined;
  if (call?.type !== "CallExpression" || nameOf(child(call, "callee")) !== "sqliteTable") return undefined;
  const [constant, name] = [nameOf(child(node, "id")), textOf(children(call, "arguments")[0])];
  return constant !== undefined && name !== undefined ? { constant, name } : undefined;
}
