import { createReadStream } from "node:fs";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

/** What this process reads as JSON from its standard input. */
export type Puts = {
  file: string;
  jobs: number;
  parts: { url: string; headers: Record<string, string>; start: number; size: number }[];
};

const READ_BYTES = 1024 * 1024;

const { file, jobs, parts } = JSON.parse(await text(process.stdin)) as Puts;
const agent = new Agent({ keepAlive: true });
const queue = [...parts];

async function put(part: Puts["parts"][number]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = { ...part.headers, "content-length": part.size };
    const sending = request(part.url, { method: "PUT", headers, agent }, (answer) => {
      answer.resume().on("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`the bucket answered ${answer.statusCode}`));
      });
    });
    sending.on("error", reject);
    const { start, size } = part;
    createReadStream(file, { start, end: start + size - 1, highWaterMark: READ_BYTES }).pipe(sending);
  });
}

const startedAt = performance.now();
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (let part = queue.shift(); part; part = queue.shift()) await put(part);
  }),
);
const seconds = (performance.now() - startedAt) / 1000;
agent.destroy();
process.stdout.write(JSON.stringify({ seconds }));
