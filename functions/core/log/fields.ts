/** What an event tells besides its name. */
export type Fields = Record<string, unknown>;

/** One answered request. `query` is given redacted; nothing else here can hold a secret but the path of a refused one. */
export type RequestFields = {
  request_id: string;
  method: string;
  path: string;
  query: unknown;
  status: number;
  ms: number;
};
