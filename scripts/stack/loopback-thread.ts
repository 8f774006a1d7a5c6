import { connect, createServer } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

const { host, port } = workerData as { host: string; port: number };

const server = createServer((incoming) => {
  const outgoing = connect(port, host);
  incoming.on("error", () => outgoing.destroy()).pipe(outgoing);
  outgoing.on("error", () => incoming.destroy()).pipe(incoming);
});
server.listen(port, "127.0.0.1", () => parentPort?.postMessage("listening", []));
