import { createClient, LibsqlError, type Client } from "@libsql/client/web";
import type { LibSQLDatabase } from "drizzle-orm/libsql/driver-core";
import { drizzle } from "drizzle-orm/libsql/web";
import { AppError, unavailable, type ErrorCode } from "../errors.ts";
import { answersOf, statementsOf, type Answers, type Batch, type Statement } from "./batch.ts";
import type { Refusals } from "./refusals.ts";
import { keepStreams } from "./streams.ts";

/** How long one statement may take. A database that answers more slowly than this counts as down. */
const STATEMENT_TIMEOUT_MS = 8_000;
/** How long refused statements are tried again: well under the 30 s that a request may take in all. */
const RETRY_BUDGET_MS = 6_000;
const FIRST_DELAY_MS = 20;
/**
 * With the client's own queue (20 requests at once), a request would wait for another request's promise, and Workers ends
 * such a request. 0 would mean 20.
 */
const NO_QUEUE = 1_000_000;

type Tables = Record<string, never>;
export type Query = LibSQLDatabase<Tables>;
export type { Statement };

export interface Database {
  /**
   * Runs one SELECT: one round trip. Tried again on any transient failure.
   * @throws AppError SERVICE_UNAVAILABLE when the database cannot be reached in time.
   */
  read<T>(select: (query: Query) => Promise<T>): Promise<T>;

  /** Runs several SELECTs, which all see the same state of the database. @returns the rows of each, under its name */
  readBatch<B extends Batch>(build: (query: Query) => B): Promise<Answers<B>>;

  /**
   * Runs the statements of a batch in one write transaction: all or none, one round trip. Tried again only when the database
   * says that it did not start (busy, too many requests): an answer that got lost may hide a committed batch.
   * @returns the rows of each statement, under its name
   * @throws AppError with the meaning of the constraint that refused the batch, or SERVICE_UNAVAILABLE; ConstraintError
   * naming a constraint that `refusals` does not.
   */
  write<B extends Batch>(build: (query: Query) => B, refusals?: Refusals<ErrorCode>): Promise<Answers<B>>;

  /** The same for callers to whom a refusal is an answer like any other. */
  tryWrite<B extends Batch, Meaning extends string>(
    build: (query: Query) => B,
    refusals: Refusals<Meaning>,
  ): Promise<Attempted<B, Meaning>>;
}

/** What became of a batch: its answers, or the meaning of the constraint that refused it. */
export type Attempted<B, Meaning> =
  | { done: Answers<B>; refused?: never }
  | { done?: never; refused: Meaning; cause: unknown };

/**
 * A batch that a constraint refused. The constraint is named as SQLite names it: by its columns (`uploads.owner,
 * uploads.idempotency_key`) or by its own name.
 */
export class ConstraintError extends Error {
  override readonly name = "ConstraintError";
  readonly constraint: string;
  constructor(constraint: string, cause: unknown) {
    super(`refused by ${constraint}`, { cause });
    this.constraint = constraint;
  }
}

export function createDatabase(options: { url: string; authToken?: string | undefined }): Database {
  const send = (request: Request) => fetch(request, { signal: AbortSignal.timeout(STATEMENT_TIMEOUT_MS) });
  const client = createClient({
    url: options.url,
    concurrency: NO_QUEUE,
    ...(options.authToken ? { authToken: options.authToken } : {}),
    // A server on the own network is an sqld, whose streams are known to live long enough. Services elsewhere may end them
    // at any time.
    fetch: options.url.startsWith("http:") ? keepStreams(send) : send,
  });
  const reader = drizzle(client);
  const writer = drizzle(alwaysWriting(client));

  async function run<B extends Batch>(
    query: Query,
    build: (query: Query) => B,
    mayRetry: (fault: Fault) => boolean,
  ): Promise<Answers<B>> {
    let batch: B | undefined;
    const answers = await attempt(() => {
      batch = build(query);
      return query.batch(statementsOf(batch) as [Statement, ...Statement[]]);
    }, mayRetry);
    return answersOf(batch as B, answers);
  }

  async function tryWrite<B extends Batch, Meaning extends string>(
    build: (query: Query) => B,
    meanings: Refusals<Meaning>,
  ): Promise<Attempted<B, Meaning>> {
    try {
      return { done: await run(writer, build, isRefusedUnstarted) };
    } catch (error) {
      const refused = error instanceof ConstraintError ? meanings[error.constraint] : undefined;
      if (refused === undefined) throw error;
      return { refused, cause: error };
    }
  }

  async function write<B extends Batch>(build: (query: Query) => B, meanings: Refusals<ErrorCode> = {}) {
    const outcome = await tryWrite(build, meanings);
    if (outcome.refused !== undefined) throw new AppError(outcome.refused, {}, { cause: outcome.cause });
    return outcome.done;
  }

  return {
    read: (select) => attempt(() => select(reader), isTransient),
    readBatch: (build) => run(reader, build, isTransient),
    write,
    tryWrite,
  };
}

/** drizzle's batch() begins DEFERRED, and under load fails with SQLITE_BUSY at the first statement that writes. */
function alwaysWriting(client: Client): Client {
  return new Proxy(client, {
    get(target, property) {
      if (property === "batch")
        return (statements: Parameters<Client["batch"]>[0]) => target.batch(statements, "write");
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function attempt<T>(run: () => Promise<T>, mayRetry: (fault: Fault) => boolean): Promise<T> {
  const deadline = Date.now() + RETRY_BUDGET_MS;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, 500)) {
    try {
      return await run();
    } catch (error) {
      if (error instanceof AppError) throw error;
      const fault = faultOf(error);
      if (fault.constraint) throw new ConstraintError(fault.constraint, error);
      if (fault.kind === "statement") throw error;
      const wait = delay * (0.5 + Math.random());
      if (!mayRetry(fault) || Date.now() + wait > deadline) throw unavailable(error);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** What is wrong with a database that did not answer a question, judged by what read() or write() threw. */
export function refusalOf(error: unknown): "unreachable" | "refused" | "unmigrated" {
  const text = messagesOf(error);
  if (/HTTP status 40[1347]|not authorized|Unauthorized|AUTH_/i.test(text)) return "refused";
  return /no such (?:table|column)/.test(text) ? "unmigrated" : "unreachable";
}

function messagesOf(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) messages.push(cause.message);
  return messages.join("\n");
}

type Fault = { kind: "busy" | "connection" | "statement"; constraint?: string };

const isRefusedUnstarted = (fault: Fault) => fault.kind === "busy";
const isTransient = (fault: Fault) => fault.kind !== "statement";

function faultOf(error: unknown): Fault {
  let code: string | undefined;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof LibsqlError) code ??= cause.code;
  }
  const text = messagesOf(error);
  const constraint =
    /(?:UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: (?:index ')?([\w.]+(?:, [\w.]+)*))?/.exec(
      text,
    );
  if (constraint) return { kind: "statement", constraint: constraint[1] ?? "foreign_key" };
  if (/SQLITE_BUSY|database is locked|HTTP status 429|Too Many Requests/.test(text)) return { kind: "busy" };
  if (code?.startsWith("SQL") || code === "RESPONSE_TOO_LARGE") return { kind: "statement" };
  // An error that says that the server does not understand the request: trying again would not help.
  if (/HTTP status 4\d\d/.test(text) && !/HTTP status 408/.test(text)) return { kind: "statement" };
  if (code === undefined && error instanceof TypeError && !/fetch|network/i.test(text))
    return { kind: "statement" };
  return { kind: "connection" };
}
