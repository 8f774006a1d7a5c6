import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** A message as it arrived. */
export type Message = {
  path: string;
  id: string;
  headers: IncomingHttpHeaders;
  text: string;
  body: { type: string; timestamp: string; data: Record<string, unknown> };
};

/** How a receiver answers; by default with 200. */
export type Manner = (message: Message, response: ServerResponse) => void;

/** An HTTP server that keeps every message that it is sent. */
export async function startReceiver() {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let manner: Manner = (_message, response) => void response.end("taken");
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const message = {
        path: request.url ?? "",
        id: String(request.headers["webhook-id"]),
        headers: request.headers,
        text,
        body: JSON.parse(text) as Message["body"],
      };
      messages.push(message);
      for (const look of waiting) look();
      manner(message, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    at: (path: string) => messages.filter((message) => message.path === path),
    answer: (next: Manner) => void (manner = next),
    /** Waits until so many messages have come to a path. @throws Error after 20 seconds. */
    async until(path: string, count: number): Promise<Message[]> {
      const there = () => messages.filter((message) => message.path === path);
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          if (there().length < count) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`${there().length} of ${count} messages came to ${path}`));
        }, 20_000);
        waiting.add(look);
        look();
      });
      return there();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Whether a message is signed with a secret, as Standard Webhooks' own library sees it. */
export function isSignedWith(secret: string, { headers, text }: Message): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Answers with a status and a text. */
export const answering =
  (status: number, text = ""): Manner =>
  (_message, response) =>
    void response.writeHead(status).end(text);
