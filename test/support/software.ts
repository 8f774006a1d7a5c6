import { expect } from "vitest";
import { bearer, newAccount, type Account } from "./accounts.ts";
import { newSoftware } from "./publish.ts";
import type { Answer, RequestOptions, TestStack } from "./stack.ts";

export type Software = { akey: string; name: string; description: string; created_at: string };
export type ListedSoftware = Software & { version_count: number };
export type Version = {
  vkey: string;
  version: string;
  description: string;
  is_latest: boolean;
  created_at: string;
};
export type Page<T> = { total: number; list: T[] };

type Data<T> = { code: number; data: T };

/** Software and their keys as an administrator sees them. */
export function softwareAdmin(stackOf: () => TestStack) {
  let admin: Promise<Account> | undefined;
  const send = async <T = unknown>(path: string, options: RequestOptions = {}) => {
    const { token } = await (admin ??= newAccount(stackOf(), "admin"));
    return stackOf().request<T>(path, { ...options, headers: { ...bearer(token), ...options.headers } });
  };
  const dataOf = <T>(answer: Answer<Data<T>>): T => {
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data;
  };
  return {
    /** Sends a request with an administrator's token; refusals are for the caller to look at. */
    send,
    newSoftware: async (name = newSoftware(), more: object = {}) =>
      dataOf(await send<Data<Software>>("/api/software", { json: { name, ...more } })),
    newVersion: async (akey: string, version: string, more: object = {}) =>
      dataOf(
        await send<Data<Version & { akey: string }>>(`/api/software/${akey}/versions`, {
          json: { version, ...more },
        }),
      ),
    software: async (query = "size=100") =>
      dataOf(await send<Data<Page<ListedSoftware>>>(`/api/software?${query}`)),
    versions: async (akey: string, query = "size=100") =>
      dataOf(await send<Data<Page<Version>>>(`/api/software/${akey}/versions?${query}`)),
    /** The software that packages know by this slug. */
    bySlug: async (slug: string) => {
      const page = dataOf(await send<Data<Page<ListedSoftware>>>("/api/software?size=100"));
      const found = page.list.find((one) => one.name === slug);
      if (!found) throw new Error(`no software is named ${slug}`);
      return found;
    },
  };
}

/** Checks a refusal: its status, in the form of the software keys and nothing else. */
export function expectRefusal(answer: Answer<unknown>, status: number, text: RegExp = /\S/): void {
  expect({ status: answer.status, body: answer.body ?? answer.text }).toEqual({
    status,
    body: { code: status, message: expect.stringMatching(text) },
  });
}
