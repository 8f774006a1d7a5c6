/**
 * Reads lines of a name and, after the last space before its version or range, what is said of it: `MicroDock 2.0.0`. Names of
 * plugins have no spaces; those of engines may, and their versions have none.
 */
export function readLines(text: string, hasSpaces = false): Record<string, string> {
  const lines = text.split("\n").map((line) => line.trim());
  return Object.fromEntries(
    lines
      .filter((line) => line !== "")
      .map((line) => {
        const at = hasSpaces ? line.lastIndexOf(" ") : line.indexOf(" ");
        return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );
}
