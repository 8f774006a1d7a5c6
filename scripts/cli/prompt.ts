import { createInterface } from "node:readline/promises";
import type { Interface } from "node:readline/promises";
import { Writable } from "node:stream";
import { ClientError, EXIT } from "../client/errors.ts";

/** Asks on the terminal; what is typed is shown. */
export async function ask(question: string): Promise<string> {
  return answerTo(question, createInterface({ input: process.stdin, output: process.stderr }));
}

/** Asks on the terminal without showing what is typed. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await answerTo("", createInterface({ input: process.stdin, output, terminal: true }));
  } finally {
    process.stderr.write("\n");
  }
}

/** One line, without white space around it. @throws ClientError when Ctrl-C or the end of input came instead. */
async function answerTo(question: string, lines: Interface): Promise<string> {
  const closed = Promise.withResolvers<never>();
  lines.on("close", () => closed.reject(new ClientError(EXIT.interrupted, "INTERRUPTED", "Interrupted.")));
  lines.on("SIGINT", () => lines.close());
  try {
    return (await Promise.race([lines.question(question), closed.promise])).trim();
  } finally {
    closed.promise.catch(() => undefined);
    lines.close();
  }
}

/** All of standard input, without white space around it. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8").trim();
}
