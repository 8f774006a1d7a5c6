import { EventEmitter } from "node:events";
import { request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Exchange, Run } from "./run-updater.ts";

/** What electron-updater uses of Electron, for plain Node: an app, requests as Chromium's network sends them, and Squirrel.Mac. */

const run = JSON.parse(process.argv[2] ?? "{}") as Run;

/** Every exchange so far, oldest first. */
export const exchanges: Exchange[] = [];

export const app = {
  isPackaged: true,
  whenReady: () => Promise.resolve(),
  getVersion: () => run.version,
  getName: () => "omega",
  getAppPath: () => run.folder,
  getPath: () => join(run.folder, "user"),
  once: () => app,
  on: () => app,
  quit: () => undefined,
  relaunch: () => undefined,
};

export const session = { fromPartition: () => ({}) };

type Options = {
  protocol: string;
  hostname: string;
  port?: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  redirect?: "follow" | "manual" | "error";
};

/** Follows redirects by itself, or at the word of whoever hears of one, always to an absolute address. */
class Request extends EventEmitter {
  private sent: ClientRequest | undefined;
  private isFollowed = false;
  private readonly options: Options;

  constructor(options: Options) {
    super();
    this.options = options;
  }

  end() {
    const { protocol, hostname, port, path } = this.options;
    this.send(new URL(`${protocol}//${hostname}${port ? `:${port}` : ""}${path}`));
  }

  abort() {
    this.sent?.destroy();
  }

  followRedirect() {
    this.isFollowed = true;
  }

  private send(url: URL) {
    const { method = "GET", headers = {} } = this.options;
    const sent = httpRequest(url, { method, headers, agent: false });
    this.sent = sent;
    const exchange = {
      url: url.href,
      range: headers.range ?? headers.Range ?? "",
      status: 0,
      get bytes() {
        return sent.socket?.bytesRead ?? 0;
      },
    };
    exchanges.push(exchange);
    sent.on("error", (error) => this.emit("error", error));
    sent.on("response", (response) => {
      exchange.status = response.statusCode ?? 0;
      this.receive(url, response);
    });
    sent.end();
  }

  private receive(url: URL, response: IncomingMessage) {
    const { location } = response.headers;
    if (location === undefined) {
      this.emit("response", response);
      return;
    }
    response.resume();
    const target = new URL(location, url);
    this.isFollowed = this.options.redirect !== "manual";
    this.emit("redirect", response.statusCode, "GET", target.href, response.headers);
    if (this.isFollowed) this.send(target);
  }
}

export const net = { request: (options: Options) => new Request(options) };

/** Takes the update from the address that it was given, as Squirrel.Mac does; what it has got is in `installed`. */
class SquirrelMac extends EventEmitter {
  installed: Buffer | undefined;
  private feed: { url: string; headers: Record<string, string> } | undefined;

  setFeedURL(feed: { url: string; headers: Record<string, string> }) {
    this.feed = feed;
  }

  checkForUpdates() {
    this.fetchUpdate().then(
      () => this.emit("update-downloaded"),
      (error: unknown) => this.emit("error", error),
    );
  }

  private async fetchUpdate() {
    if (!this.feed) throw new Error("no feed was set");
    const answer = await fetch(`${this.feed.url}/`, { headers: this.feed.headers });
    const { url } = (await answer.json()) as { url: string };
    this.installed = Buffer.from(await (await fetch(url)).arrayBuffer());
  }
}

export const autoUpdater = new SquirrelMac();
