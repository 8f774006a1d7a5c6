import { asPluginFault, PluginFault } from "./faults.ts";
import { readManifest, type PluginManifest } from "./manifest.ts";
import { readZip, type Zip, type ZipSource } from "../../kit/zip/zip.ts";

export type { PluginManifest } from "./manifest.ts";

const MANIFEST = "plugin.json";

/**
 * Bytes of plugin.json: room for the longest texts and lists that it may have, with each character escaped in six bytes
 * ("\u4e2d").
 */
const MAX_MANIFEST_BYTES = 512 * 1024;

/**
 * Reads the manifest of a plugin package, a ZIP with plugin.json at its root, by at most five ranged reads. Holds for
 * staged uploads and local files alike.
 * @throws PluginFault; what `source.read` throws passes through
 */
export async function readPluginPackage(source: ZipSource): Promise<PluginManifest> {
  const { zip, content } = await readFiles(source).catch((error: unknown) => {
    throw asPluginFault(error);
  });
  const hasFile = (path: string) => zip.entries.some(({ name, isFolder }) => name === path && !isFolder);
  return readManifest(parseJson(content), hasFile);
}

async function readFiles(source: ZipSource): Promise<{ zip: Zip; content: Uint8Array }> {
  const zip = await readZip(source, { maxOpenedBytes: MAX_MANIFEST_BYTES });
  const entry = zip.entries.find(({ name }) => name === MANIFEST);
  if (!entry) throw missingManifest(zip);
  return { zip, content: await zip.open(entry) };
}

/** Names the file that was probably meant: one inside of a folder, or one in another case. */
function missingManifest(zip: Zip): Error {
  const near = zip.entries.find(({ name }) => name.toLowerCase().split("/").at(-1) === MANIFEST);
  return near ? new PluginFault("manifestElsewhere", { entry: near.name }) : new PluginFault("noManifest");
}

function parseJson(content: Uint8Array): unknown {
  let text: string;
  try {
    // The decoder removes the byte order mark that some editors write.
    text = new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new PluginFault("manifestNotUtf8");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw syntaxFault(error);
  }
}

/**
 * Names the place where the engine says that the text stops being JSON. For a text that ends too early, the engine names
 * none.
 */
function syntaxFault(error: unknown): PluginFault {
  const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : "");
  if (!place) return new PluginFault("manifestEnds");
  return new PluginFault("manifestNotJson", { line: Number(place[1]), column: Number(place[2]) });
}
