/**
 * Writes functions/kit/hash/*.wasm, which hash-wasm contains as base64 inside its JavaScript, and its licence. With --check
 * it writes nothing, and exits with 1 where the committed files differ from those in the installed package.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packageFolder = new URL("../node_modules/hash-wasm/", import.meta.url);
const targetFolder = new URL("../functions/kit/hash/", import.meta.url);

/** Decodes one module. The package names each module by the first four bytes of its SHA-1. */
function extractModule(algorithm: string): Buffer {
  const script = readFileSync(new URL(`dist/${algorithm}.umd.min.js`, packageFolder), "utf8");
  const [, data, expected] = /\bdata:"([A-Za-z0-9+/=]+)",hash:"([0-9a-f]{8})"/.exec(script) ?? [];
  if (data === undefined) throw new Error(`no WebAssembly found for ${algorithm} in the installed hash-wasm`);
  const code = Buffer.from(data, "base64");
  const actual = createHash("sha1").update(code).digest("hex").slice(0, 8);
  if (actual !== expected) throw new Error(`the WebAssembly of ${algorithm} is damaged`);
  return code;
}

function committed(file: URL): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

const files: [string, Buffer][] = ["sha256", "sha1", "sha512"].map((name) => [
  `${name}.wasm`,
  extractModule(name),
]);
files.push(["LICENSE", readFileSync(new URL("LICENSE", packageFolder))]);

for (const [name, content] of files) {
  const target = new URL(name, targetFolder);
  if (!process.argv.includes("--check")) {
    writeFileSync(target, content);
  } else if (committed(target)?.equals(content) !== true) {
    console.error(
      `${fileURLToPath(target)} differs from the installed hash-wasm: run node scripts/extract-hash-wasm.ts`,
    );
    process.exitCode = 1;
  }
}
