import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import type { FormsOptions } from "./forms.ts";

const CHUNK_BYTES = 1024 * 1024;

const options = JSON.parse(process.argv[2] ?? "") as FormsOptions;
const agent = new Agent({ keepAlive: true });
const noise = randomBytes(CHUNK_BYTES);
const boundary = `form-${randomBytes(12).toString("hex")}`;

/** Sends one form with a file that differs from every other form's, without ever holding the whole file in memory. */
async function send(number: number): Promise<void> {
  const fields = { version: `${options.version}.${number}`, package_type: "full", api_key: options.apiKey };
  const head = [
    ...Object.entries(fields).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="package.zip"\r\nContent-Type: application/zip\r\n\r\n`,
  ].join("");
  const tail = `\r\n--${boundary}--\r\n`;
  const headers = {
    "content-type": `multipart/form-data; boundary=${boundary}`,
    "content-length": head.length + options.size + tail.length,
  };
  await new Promise<void>((resolve, reject) => {
    const sending = request(options.url, { method: "POST", headers, agent }, (answer) => {
      text(answer).then((said) => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`a form is answered ${answer.statusCode} ${said}`));
      }, reject);
    });
    sending.on("error", reject);
    sending.write(head);
    const unique = randomBytes(16);
    sending.write(unique);
    let left = options.size - unique.length;
    const more = () => {
      while (left > 0) {
        const chunk = left < CHUNK_BYTES ? noise.subarray(0, left) : noise;
        left -= chunk.length;
        if (!sending.write(chunk) && left > 0) return void sending.once("drain", more);
      }
      sending.end(tail);
    };
    more();
  });
}

let next = 0;
const startedAt = performance.now();
await Promise.all(
  Array.from({ length: options.connections }, async () => {
    while (next < options.count) await send(next++);
  }),
);
const seconds = (performance.now() - startedAt) / 1000;
process.stdout.write(JSON.stringify({ seconds }), () => process.exit(0));
