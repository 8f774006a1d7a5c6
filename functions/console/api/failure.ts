import { groups } from "../locale/format.ts";
import { t } from "./texts.ts";

/** What went wrong with a request, as its reader is to be told. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** By this the server's log knows the request. */
  readonly requestId: string | undefined;
  /** What is wrong with single fields, where the server said so. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the server said besides, where it said more. */
  data: unknown;

  constructor(sentence: string, status: number, requestId?: string, fields: Record<string, string> = {}) {
    super(sentence);
    this.status = status;
    this.requestId = requestId;
    this.fields = fields;
  }
}

/** The failure that an answer tells of, in whichever of its forms the server words it. */
export async function failureOf(response: Response): Promise<Failure> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const sentence = sentenceOf(body) ?? t("status", { status: response.status });
  const id = response.headers.get("x-request-id") ?? undefined;
  const failure = new Failure(sentence, response.status, id, fieldsOf(body));
  failure.data = body?.data;
  return failure;
}

/** The failure of a request that got no answer. */
export const noAnswer = (): Failure => new Failure(t("noAnswer"), 0);

/** Whatever was thrown, as a failure. */
export function asFailure(thrown: unknown): Failure {
  return thrown instanceof Failure ? thrown : new Failure(t("own", { problem: String(thrown) }), 0);
}

type FieldFault = { loc: (string | number)[]; msg: string };
type ErrorBody = {
  message?: string;
  data?: unknown;
  detail?: string | FieldFault[];
  details?: { field_errors?: Record<string, string[]> };
};

function sentenceOf(body: ErrorBody | null): string | undefined {
  if (typeof body?.message === "string") return body.message;
  if (typeof body?.detail === "string") return body.detail;
  const faults = body?.detail?.map(({ loc, msg }) => `${loc.slice(1).join(".")}: ${msg}`);
  return faults && groups(faults);
}

function fieldsOf(body: ErrorBody | null): Record<string, string> {
  const named = Object.entries(body?.details?.field_errors ?? {});
  const listed = Array.isArray(body?.detail) ? body.detail : [];
  return Object.fromEntries([
    ...named.map(([name, problems]) => [name, groups(problems)]),
    ...listed.map(({ loc, msg }) => [loc.slice(1).join("."), msg]),
  ]);
}
