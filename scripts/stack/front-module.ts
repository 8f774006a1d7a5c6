import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import type { AssetManifest } from "./front/assets.ts";

const FRONT = fileURLToPath(new URL("front/", import.meta.url));

/**
 * Builds the entry module of workerd: the stack's front with the static files that it serves, in front of the bundle, which
 * it imports as the module `bundle`.
 */
export async function frontModule(bundle: string, manifest: AssetManifest): Promise<string> {
  const built = await build({
    stdin: {
      resolveDir: FRONT,
      loader: "ts",
      contents: `
        import bundle from ${JSON.stringify(`./${bundle}`)};
        import { createFront } from "./front.ts";
        const { main, control } = createFront(bundle, ${JSON.stringify(manifest)});
        export { main as default, control };
      `,
    },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    external: [`./${bundle}`, "node:*"],
    logLevel: "silent",
  });
  // The bundler's own process, which is not needed any more.
  await stop();
  return built.outputFiles[0]?.text ?? "";
}
