import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Stack } from "../stack/stack.ts";
import { sharedWith, startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { peakMemory, resetPeakMemory } from "./process-usage.ts";

const MIB = 1024 * 1024;
const FORM_MIB = 100;
const ROUNDS = 3;

/**
 * Growth of workerd's peak memory by a form upload. The bucket's emulation is JavaScript in a workerd of its own here, for
 * it is none of the Worker's memory; the note says what the two need together.
 */
export async function measureForm(bench: Bench): Promise<Figure[]> {
  const together = await startBenchStack(bench, "together");
  try {
    const alone = await startBenchStack(bench, "alone", sharedWith(together));
    try {
      bench.say(`form upload of ${FORM_MIB} MiB: ${ROUNDS} rounds`);
      await upload(alone, "1.0.0", MIB);
      await upload(together, "1.0.1", MIB);
      const growth: number[] = [];
      const withBucket: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        growth.push(await peakGrowth(alone, `1.1.${round}`));
        withBucket.push(await peakGrowth(together, `1.2.${round}`));
      }
      const what = `form upload of ${FORM_MIB} MiB: growth of workerd's peak memory`;
      const both = withBucket.map((value) => Math.round(value)).join(", ");
      return [
        atMost(64, "MiB", what, growth, [`with the bucket's emulation in the same workerd: ${both} MiB`]),
      ];
    } finally {
      await alone.stop();
    }
  } finally {
    await together.stop();
  }
}

async function peakGrowth(stack: Stack, version: string): Promise<number> {
  const pid = stack.pids().workerd ?? 0;
  resetPeakMemory(pid);
  const before = peakMemory(pid) ?? NaN;
  await upload(stack, version, FORM_MIB * MIB);
  return ((peakMemory(pid) ?? NaN) - before) / MIB;
}

/** Sends a form with a file of `size` random bytes, which are never held whole here either. */
async function upload(stack: Stack, version: string, size: number): Promise<void> {
  const boundary = `form-${randomBytes(12).toString("hex")}`;
  const fields = { version, package_type: "full", api_key: stack.settings.API_KEY ?? "" };
  const head = Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("");
  const fileHead = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="package.zip"\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const sending = request(`${stack.url}/api/v1/upload/package`, {
    method: "POST",
    headers: {
      "content-type": `multipart/form-data; boundary=${boundary}`,
      "content-length": head.length + fileHead.length + size + tail.length,
    },
  });
  const answered = once(sending, "response") as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  sending.write(head + fileHead);
  for (let sent = 0; sent < size; sent += MIB) {
    if (!sending.write(randomBytes(Math.min(MIB, size - sent)))) await once(sending, "drain");
  }
  sending.end(tail);
  const [answer] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  if (answer.statusCode !== 200) {
    throw new Error(`form upload: ${answer.statusCode} ${Buffer.concat(chunks).toString()}`);
  }
}
