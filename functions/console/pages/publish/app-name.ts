/** What file names say behind an app's name: its version, what the file is, and what it is for. */
const REST =
  /(?<=[^A-Za-z0-9])(?:v?\d+(?:\.\d+)+|setup|installer|portable|full|delta|win(?:dows)?(?:32|64)?|mac(?:os)?|osx|darwin|linux|x64|x86|ia32|amd64|arm64|aarch64|armv7|universal)(?![A-Za-z])/i;

/**
 * The name of an app by that of its package, in the form that software has: `Acme Desk Setup 2.0.0.exe` is of `acme-desk`.
 * Undefined where nothing of it can be written so.
 */
export function appNameOf(fileName: string): string | undefined {
  const stem = fileName.replace(/\.[A-Za-z]\w*$/, "");
  const { index = stem.length } = REST.exec(stem) ?? {};
  const words = stem
    .slice(0, index)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return words.slice(0, 64).replace(/^-+|-+$/g, "") || undefined;
}
