import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUILT_CONSOLE, buildConsole, hashConsole } from "./assets/build-console.ts";
import { encodeAssets } from "./assets/encode.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGES = join(ROOT, "scripts", "pages");
const OUT = join(ROOT, "dist", "assets");
const STAMP = join(ROOT, "dist", "assets.sha256");
/** Cloudflare refuses static files above 25 MiB. */
const MAX_ASSET_BYTES = 25 * 1024 ** 2;
/**
 * The image that Redoc loads into its footer. It is replaced, because no page of ours may make a browser ask another host.
 */
const REDOC_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";
const NO_IMAGE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

type Asset = { name: string; content: Buffer };

/**
 * Makes dist/assets, the static files of the Worker, unless its inputs have not changed. Pages lie at the top. What they
 * load lies under assets/ with a hash of its content in its name, so that browsers may keep it for ever.
 * @returns whether they were made now.
 * @throws Error when openapi.json is missing or a file is too large to be deployed.
 */
export function buildAssets(): boolean {
  const files = readInputs();
  const inputs = `${hash(files)} ${hashConsole()} ${hashBuild()}`;
  if (existsSync(OUT) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === inputs) return false;

  buildConsole();
  const fresh = `${OUT}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, "assets"), { recursive: true });
  const loaded = files.filter(({ name }) => [".js", ".css"].includes(extname(name)));
  const pages = files.filter((file) => !loaded.includes(file));
  const hashedNames = loaded.map((file) => {
    const type = extname(file.name);
    const hashedName = `${basename(file.name, type)}.${hash([file]).slice(0, 12)}${type}`;
    write(join(fresh, "assets", hashedName), file.content);
    return [`/assets/${file.name}"`, `/assets/${hashedName}"`] as const;
  });
  cpSync(BUILT_CONSOLE, fresh, { recursive: true });
  for (const { name, content } of pages) {
    write(join(fresh, name), extname(name) === ".html" ? replaceAll(content, hashedNames) : content);
  }
  encodeAssets(fresh, OUT);
  rmSync(OUT, { recursive: true, force: true });
  renameSync(fresh, OUT);
  writeFileSync(STAMP, inputs);
  return true;
}

const hashBuild = () =>
  hash(["build-assets.ts", "assets/encode.ts"].map((name) => fileAs(name, join(ROOT, "scripts", name))));

function readInputs(): Asset[] {
  const openapi = join(ROOT, "openapi.json");
  if (!existsSync(openapi)) throw new Error("openapi.json is missing: run `npm run openapi`");
  const docs = provideDocs();
  return [
    ...readdirSync(PAGES).map((name) => fileAs(name, join(PAGES, name))),
    fileAs("openapi.json", openapi),
    fileAs("scalar.js", join(docs, "scalar.js")),
    fileAs("assets/scalar.LICENSE.txt", join(docs, "scalar.LICENSE.txt")),
    {
      name: "redoc.standalone.js",
      content: withoutForeignLogo(readFileSync(join(docs, "redoc.standalone.js"), "utf8")),
    },
    fileAs("assets/redoc.standalone.js.LICENSE.txt", join(docs, "redoc.standalone.js.LICENSE.txt")),
    fileAs("assets/redoc.LICENSE.txt", join(docs, "redoc.LICENSE.txt")),
  ];
}

/**
 * The folder of the documentation's scripts. scripts/install.mjs fetches them, but a deployment may not have run that; then
 * they are fetched now.
 */
function provideDocs(): string {
  const script = join(ROOT, "scripts", "docs-packages.mjs");
  return execFileSync(process.execPath, [script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}

const fileAs = (name: string, path: string): Asset => ({ name, content: readFileSync(path) });

function withoutForeignLogo(script: string): Buffer {
  if (!script.includes(REDOC_LOGO))
    throw new Error(`redoc no longer names ${REDOC_LOGO}: find out which image it loads now`);
  return Buffer.from(script.replaceAll(REDOC_LOGO, NO_IMAGE));
}

function replaceAll(page: Buffer, names: (readonly [string, string])[]): string {
  return names.reduce((text, [from, to]) => text.replaceAll(from, to), page.toString());
}

function hash(files: Asset[]): string {
  const sha256 = createHash("sha256");
  for (const { name, content } of files) sha256.update(`${name}\0${content.length}\0`).update(content);
  return sha256.digest("hex");
}

function write(path: string, content: Buffer | string): void {
  const size = Buffer.byteLength(content);
  if (size > MAX_ASSET_BYTES)
    throw new Error(`${basename(path)} has ${size} bytes, more than an asset may have`);
  writeFileSync(path, content);
}

if (import.meta.main) {
  process.stdout.write(buildAssets() ? "Built dist/assets\n" : "dist/assets is up to date\n");
}
