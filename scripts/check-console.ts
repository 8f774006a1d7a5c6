import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

// Checks the types of the web console. vue-tsc works on TypeScript as a JavaScript library, which later versions than 5 are not.
const require = createRequire(import.meta.url);
const project = fileURLToPath(new URL("../functions/console/tsconfig.json", import.meta.url));
const { run } = require("vue-tsc") as { run: (compiler: string) => void };

process.argv = [...process.argv.slice(0, 2), "--project", project];
run(require.resolve("typescript-5/lib/tsc.js"));
