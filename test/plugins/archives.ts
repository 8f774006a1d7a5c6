import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** A name and a key that no other test uses. */
export const newName = () => `com.example.p${randomBytes(8).toString("hex")}`;
export const newKey = () => `key_${randomBytes(12).toString("hex")}`;

/** The archive of a plugin; what its manifest says is completed to one that is taken. */
export async function archive(manifest: Record<string, unknown>, payload = randomBytes(500)) {
  const whole = { version: "1.0.0", main: "MyPlugin.dll", entryClass: "MyPlugin.PluginEntry", ...manifest };
  return zipOf({ "plugin.json": Buffer.from(JSON.stringify(whole)), "MyPlugin.dll": payload });
}

export async function zipOf(files: Record<string, Buffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  for (const [path, bytes] of Object.entries(files)) zip.addBuffer(bytes, path);
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
