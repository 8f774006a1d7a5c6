import type { Target } from "./bench-stack.ts";

export type Send = <T>(method: string, path: string, json?: unknown) => Promise<T>;

/**
 * Signs in as the stack's first administrator. The returned function sends a request, throws unless the answer is 200, and
 * returns the answer's `data`.
 */
export async function signInAdministrator({ url, settings }: Target): Promise<Send> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  const send: Send = async <T>(method: string, path: string, json?: unknown) => {
    const body = json === undefined ? null : JSON.stringify(json);
    const answer = await fetch(url + path, { method, headers, body });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (JSON.parse(text) as { data: T }).data;
  };
  const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = settings;
  const { token } = await send<{ token: string }>("POST", "/api/admin/login", { username, password });
  headers.authorization = `Bearer ${token}`;
  return send;
}
