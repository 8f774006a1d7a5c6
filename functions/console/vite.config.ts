import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ui from "@nuxt/ui/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
/** The running server to which `npm run dev:console` leads requests for what is not the console. */
const server = process.env.SLIPWAY_URL || "http://127.0.0.1:8000";

/** What the console's sources name by a pattern, each once. */
function named(pattern: RegExp): string[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(vue|ts)$/.test(name),
  );
  const texts = files.map((name) => readFileSync(join(root, name), "utf8")).join("\n");
  return [...new Set(Array.from(texts.matchAll(pattern), ([, name = ""]) => name))];
}

/** The client library's own files take the places of those that need Node, as in the package that holds it. */
const clientLibrary: Plugin = {
  name: "client-library",
  enforce: "pre",
  async resolveId(source, importer, options) {
    if (!/\/(?:http|part-body)\.ts$/.test(source)) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return (
      found?.id.replace(/\/scripts\/client\/(http|part-body)\.ts$/, "/scripts/client/library/$1.ts") ?? null
    );
  },
};

export default defineConfig({
  root,
  cacheDir: join(dist, "vite"),
  plugins: [
    clientLibrary,
    // Pictures stay addresses of the server.
    vue({ template: { transformAssetUrls: false } }),
    ui({
      // Where the library keeps what it generates.
      root: join(dist, "console-theme"),
      dts: false,
      autoImport: false,
      components: false,
      ui: {
        colors: { primary: "teal", neutral: "slate" },
        // Paler than its title, it would be hard to read.
        alert: { slots: { description: "opacity-100" } },
      },
      // Every icon is part of the build: the console asks no other host for anything.
      icon: { clientBundle: { icons: named(/\b(i-lucide-[a-z0-9-]+)/g), sizeLimitKb: 256 } },
      // Only the styles of the components that the console uses are built.
      experimental: { componentDetection: named(/"@nuxt\/ui\/components\/(\w+)\.vue"/g) },
    }),
  ],
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    outDir: join(dist, "console"),
    emptyOutDir: true,
    assetsDir: "assets/console",
    // What is not a file of its own would need a source in the content security policy.
    assetsInlineLimit: 0,
    target: "es2022",
    license: { fileName: "assets/console/LICENSES.txt" },
  },
  server: {
    // Whoever signs in through this server comes from its own address.
    proxy: {
      "^/(api|health|s3|downloads|feeds|docs|redoc|openapi.json|favicon.svg)": {
        target: server,
        changeOrigin: false,
      },
    },
  },
});
