import type { z } from "zod";

type Path = readonly PropertyKey[];

/**
 * What was given, without the nulls that stand for "not given": many programs write every field that they know. Such a null
 * is one that `schema` refuses, and does not miss when it is gone; any other stays, so that it is refused, or means what it
 * means. The very same value where there is none.
 */
export function withoutNulls(schema: z.ZodType, given: unknown): unknown {
  if (!holdsNull(given)) return given;
  const refused = faultsOf(schema, given).filter((path) => path.length > 0 && valueAt(given, path) === null);
  if (refused.length === 0) return given;
  const missed = new Set(faultsOf(schema, without(given, refused)).map(nameOf));
  const absent = refused.filter((path) => !missed.has(nameOf(path)));
  return absent.length === 0 ? given : without(given, absent);
}

function faultsOf(schema: z.ZodType, value: unknown): Path[] {
  return schema.safeParse(value).error?.issues.map(({ path }) => path) ?? [];
}

const nameOf = (path: Path) => path.map(String).join("\0");

/** Without recursion: what is looked at may be nested deeper than the stack. */
function holdsNull(value: unknown): boolean {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (one === null) return true;
    if (typeof one === "object") left.push(...Object.values(one));
  }
  return false;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

/** A copy without the fields at these paths; only what leads to them is copied. Items of a list stay where they are. */
function without(value: unknown, paths: readonly Path[]): unknown {
  const byKey = Map.groupBy(paths, ([key]) => key);
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const inner = byKey.get(index)?.filter((path) => path.length > 1) ?? [];
      return inner.length > 0 ? without(item, inner.map(tail)) : item;
    });
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const inner = byKey.get(key) ?? [];
      if (inner.some((path) => path.length === 1)) return [];
      return [[key, inner.length > 0 ? without(item, inner.map(tail)) : item]];
    }),
  );
}

const tail = (path: Path): Path => path.slice(1);
