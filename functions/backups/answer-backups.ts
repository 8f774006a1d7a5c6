import { answerList, beginObject } from "../core/http/list-stream.ts";
import { message, type Locale } from "../core/locale/locale.ts";
import type { listBackups } from "./backups.ts";

/** Answers a list of backups, writing each page as soon as it is read. */
export function answerBackups(locale: Locale, pages: ReturnType<typeof listBackups>): Promise<Response> {
  const head = beginObject({ success: true, message: message(locale, "backup.listed") });
  return answerList(`${head}"data":{"backups":[`, pages, (total) => `],"total":${total}}}`);
}
