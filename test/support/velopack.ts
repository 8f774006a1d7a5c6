import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UpdateManager } from "velopack";
import { zip } from "./zip.ts";

/** How an app says what it is, beside it and in its packages. */
const nuspec = (version: string) => `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2010/07/nuspec.xsd">
  <metadata>
    <id>TestApp</id><title>Test</title><description>Test</description><authors>Test</authors>
    <version>${version}</version><channel>linux</channel><mainExe>test</mainExe><os>linux</os><rid>linux</rid>
  </metadata>
</package>`;

/** A full package of a version, as Velopack's updater reads it. */
export const nupkg = (version: string) =>
  new Uint8Array(
    zip([
      { name: "TestApp.nuspec", content: nuspec(version) },
      { name: "lib/app/test", content: "app" },
    ]),
  );

/** An installed app of a version. */
export type VelopackApp = {
  /** The feed's address. */
  url: string;
  version: string;
  /** By default `linux`. */
  channel?: string;
  AllowVersionDowngrade?: boolean;
};

/** Installs an app below `folder`. @returns Velopack's own updater of it, and the folder of what it fetches */
export async function installVelopack(folder: string, app: VelopackApp) {
  const { url, version, channel = "linux", AllowVersionDowngrade = false } = app;
  const root = await mkdtemp(join(folder, "app-"));
  const packages = join(root, "packages");
  await mkdir(packages);
  await writeFile(join(root, "sq.version"), nuspec(version));
  await writeFile(join(root, "UpdateNix"), "");
  const manager = new UpdateManager(
    url,
    { AllowVersionDowngrade, ExplicitChannel: channel },
    {
      RootAppDir: root,
      UpdateExePath: join(root, "UpdateNix"),
      PackagesDir: packages,
      ManifestPath: join(root, "sq.version"),
      CurrentBinaryDir: root,
      IsPortable: true,
    },
  );
  return { manager, packages };
}

/**
 * Has Velopack's clients ask a server with a `stagingId`, as those for .NET do by themselves; the one of npm names no device.
 * `work` gets the address to ask in place of the server's.
 */
export async function asDevice<T>(server: string, stagingId: string, work: (url: string) => Promise<T>) {
  const between = createServer((request, response) => {
    const asked = new URL(request.url ?? "", server);
    if (asked.pathname.endsWith(".json")) asked.searchParams.set("stagingId", stagingId);
    fetch(asked).then(
      async (answer) => response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer())),
      () => response.destroy(),
    );
  });
  between.listen(0, "127.0.0.1");
  await once(between, "listening");
  try {
    return await work(`http://127.0.0.1:${(between.address() as AddressInfo).port}`);
  } finally {
    between.closeAllConnections();
    between.close();
  }
}
