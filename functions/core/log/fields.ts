/** What an event says beside its name. */
export type Fields = Record<string, unknown>;

/**
 * One answered request. `query` is redacted before it is passed in; no other field can hold a secret, except the path of a
 * refused request.
 */
export type RequestFields = {
  request_id: string;
  method: string;
  path: string;
  query: unknown;
  status: number;
  ms: number;
};
