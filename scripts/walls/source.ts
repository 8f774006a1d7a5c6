/** What the rules need to know of a file. */
export type Source = {
  /** From the root, with slashes. */
  path: string;
  imports: Import[];
  /** Where it uses the platform's `Request` and `Response`. */
  globals: Found[];
  /** Words in its SQL that could be names of tables. */
  words: Found[];
  /** Tables that it writes, by the names of their constants. */
  writes: Found[];
  /** Tables that it declares. */
  tables: { constant: string; name: string }[];
  /** Imports whose file cannot be read from the code. */
  opaque: Found[];
};

export type Found = { name: string; line: number };

/** `starts`: the file is not imported but started by its address, as a process or module of its own. */
export type Import = { specifier: string; line: number; starts: boolean };

/** One line for whoever broke the wall: where, what, and what to do. */
export type Violation = string;

export function violation(path: string, line: number, what: string, instead: string): Violation {
  return `${path}:${line}: ${what}; ${instead}`;
}

/** Whether a path is a room or below it. */
export const isIn = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);

const isCode = (path: string) => /\.([cm]?[jt]sx?|vue)$/.test(path);

/** The path from the root of the file that an import names; undefined for a package, and for an address that is no code. */
export function targetOf(path: string, { specifier, starts }: Import): string | undefined {
  const isRelative = /^\.{1,2}(\/|$)/.test(specifier);
  if (!isRelative && !(starts && !specifier.includes(":"))) return undefined;
  const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
  return starts && !isCode(target) ? undefined : target;
}
