import { createReadStream, createWriteStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";

/** The server to compare with: PUT writes a file and syncs it to the disk, GET sends one. Arguments: port, folder. */
const [port = "0", folder = "."] = process.argv.slice(2);

createServer({ requestTimeout: 0 }, (request, response) => {
  const file = join(folder, basename(request.url ?? ""));
  const work = async (): Promise<unknown> => {
    if (request.method === "PUT") {
      await pipeline(request, createWriteStream(file, { flush: true }));
      return response.end();
    }
    const stat = statSync(file);
    if (!stat.isFile()) return response.writeHead(404).end();
    response.setHeader("content-length", stat.size);
    await pipeline(createReadStream(file), response);
  };
  work().catch(() => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
}).listen(Number(port), "127.0.0.1");
