/** What the walls look at in one file. */
export type Source = {
  /** From the root, with slashes. */
  path: string;
  imports: Import[];
  /** The platform's `Request` and `Response`. */
  globals: Found[];
  /** Words of SQL that could be names of tables. */
  words: Found[];
  /** Tables that are written, by the names of their constants. */
  writes: Found[];
  /** Tables that are declared. */
  tables: { constant: string; name: string }[];
  /** What cannot be looked through. */
  opaque: Found[];
};

export type Found = { name: string; line: number };

/** `starts`: by its address, in a process or a module of its own. */
export type Import = { specifier: string; line: number; starts: boolean };

/** One line for the person who broke it: where, what, and what to do. */
export type Violation = string;

export function violation(path: string, line: number, what: string, instead: string): Violation {
  return `${path}:${line}: ${what}; ${instead}`;
}

/** Whether a path is a room or below it. */
export const isIn = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);

const isCode = (path: string) => /\.[cm]?[jt]sx?$/.test(path);

/** The file that an import names, from the root; undefined for a package and for an address that is no code. */
export function targetOf(path: string, { specifier, starts }: Import): string | undefined {
  const isRelative = /^\.{1,2}(\/|$)/.test(specifier);
  if (!isRelative && !(starts && !specifier.includes(":"))) return undefined;
  const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
  return starts && !isCode(target) ? undefined : target;
}
