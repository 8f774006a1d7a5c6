import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "../../../scripts/client/openapi.ts";
import { language } from "../locale/i18n.ts";
import { failureOf, noAnswer } from "./failure.ts";

let whenSignedOut = () => {};

/** Says what is to happen when the server no longer knows who is signed in. */
export function onSignedOut(handler: () => void): void {
  whenSignedOut = handler;
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("X-Slipway-Console", "1");
    request.headers.set("Accept-Language", language.value);
    return request;
  },
  async onResponse({ response, request }) {
    if (response.ok) return;
    const isSignIn = new URL(request.url).pathname === "/api/v1/session";
    if (response.status === 401 && !isSignIn) whenSignedOut();
    throw await failureOf(response);
  },
  onError: () => noAnswer(),
};

const client = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin" });
client.use(manners);

/**
 * The server's interface, typed by openapi.json: `api.GET("/api/v1/storage/stats")`. The cookie signs each request in.
 * A refusal rejects with a Failure, so an answer's `data` is there; `dataOf` says so to the compiler.
 */
export const api = client;

/** The body of an answer. */
export async function dataOf<T>(asked: Promise<{ data?: T }>): Promise<Exclude<T, undefined>> {
  const { data } = await asked;
  return data as Exclude<T, undefined>;
}
