import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { SharedStack } from "./global-setup.ts";
import { fireCron } from "../../scripts/stack/control-client.ts";
import { startTestStack } from "./start-test-stack.ts";

export type Answer<T> = { status: number; headers: Headers; body: T; text: string };

export type RequestOptions = {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is: FormData, bytes, text. */
  body?: BodyInit;
  /** Adds the first publisher key. */
  asPublisher?: boolean;
};

/** A running stack as tests see it. */
export type TestStack = {
  url: string;
  apiKey: string;
  /** The Worker's variables: database and bucket for tests that look behind the scenes. */
  settings: Record<string, string>;
  /** Sends a request; redirects are not followed. `body` is the parsed JSON, or null where the answer is none. */
  request: <T = unknown>(path: string, options?: RequestOptions) => Promise<Answer<T>>;
  /** Runs a cron expression of wrangler.toml now. Rejects when the Worker's handler fails. */
  runCron: (expression: string) => Promise<void>;
  /** What the Worker has logged so far, each line parsed; lines that are no JSON under `text`. */
  logs: () => Promise<Record<string, unknown>[]>;
};

/** The stack that all files of the `worker` project share: make your own users, keys and software titles. */
export function sharedStack(): TestStack {
  return testStack(inject("stack"));
}

/** Runs `work` on a stack of its own with these settings, and removes it with its data. */
export async function withStack<T>(
  settings: Record<string, string>,
  work: (stack: TestStack) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-test-"));
  try {
    return await withStackIn(folder, settings, work);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `work` on a stack whose data is, or will be, in `data` below a folder. */
export async function withStackIn<T>(
  folder: string,
  settings: Record<string, string>,
  work: (stack: TestStack) => Promise<T>,
): Promise<T> {
  const logFile = join(folder, "worker.log");
  const stack = await startTestStack(settings, folder, logFile);
  try {
    return await work(testStack({ ...stack, logFile }));
  } finally {
    await stack.stop();
  }
}

function testStack({ url, settings, logFile, controlSocket }: SharedStack): TestStack {
  const apiKey = settings.API_KEY ?? "";
  return {
    url,
    apiKey,
    settings,
    request: (async (path: string, options: RequestOptions = {}) => {
      const {
        method,
        json,
        asPublisher,
        body = json === undefined ? undefined : JSON.stringify(json),
      } = options;
      const headers = {
        ...(json !== undefined && { "content-type": "application/json" }),
        ...(asPublisher && { "x-api-key": apiKey }),
        ...options.headers,
      };
      const target = new URL(path, url);
      if (typeof body === "string" && body.length > LONG_BODY) return sendAlone(target, headers, body);
      const response = await fetch(target, {
        method: method ?? (body === undefined ? "GET" : "POST"),
        headers,
        body,
        redirect: "manual",
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parse(text), text };
    }) as TestStack["request"],
    async runCron(expression) {
      await fireCron(controlSocket, expression);
    },
    async logs() {
      const lines = (await readFile(logFile, "utf8")).split("\n").filter(Boolean);
      return lines.map((line) => (parse(line) ?? { text: line }) as Record<string, unknown>);
    },
  };
}

/** A body beyond what any endpoint reads: its connection is closed by the server, and no later request may be on it. */
const LONG_BODY = 200_000;

/** A POST on a connection of its own, answered maybe before all of it is sent. */
async function sendAlone(target: URL, headers: Record<string, string>, body: string) {
  const asking = request(target, { method: "POST", headers, agent: false });
  const answered = once(asking, "response") as Promise<[IncomingMessage]>;
  asking.on("error", () => undefined);
  asking.end(body);
  const [answer] = await answered;
  const text = await readText(answer);
  asking.destroy();
  const answerHeaders = new Headers(answer.headers as Record<string, string>);
  return { status: answer.statusCode ?? 0, headers: answerHeaders, body: parse(text), text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
