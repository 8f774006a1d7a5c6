import { expect, test } from "vitest";
import { sayAgentFault, sayTaskFault } from "../../../functions/compute/faults.ts";
import type { Ctx } from "../../../functions/core/context.ts";
import { sayWebhookFault } from "../../../functions/webhooks/faults.ts";
import "../../../functions/declarations.ts";

const inChinese = { locale: "zh-CN" } as Ctx;
const inEnglish = { locale: "en" } as Ctx;

test("what was recorded in English is told in the reader's language, with the same values", () => {
  const told: [say: typeof sayTaskFault, english: string, chinese: string][] = [
    [sayTaskFault, "timed out", "运行超时"],
    [sayTaskFault, "timed out after 30 seconds", "运行超过 30 秒，已超时"],
    [sayTaskFault, "exit code 1\nCUDA out of memory\n", "命令以退出码 1 结束\nCUDA out of memory\n"],
    [sayTaskFault, "the command cannot be started: ENOENT", "命令无法启动：ENOENT"],
    [sayAgentFault, "answers 502", "响应状态码 502"],
    [sayAgentFault, "no answer within 10 seconds", "10 秒内无响应"],
    [sayWebhookFault, "answers with a redirect, which is not followed", "响应为重定向，系统不跟随重定向"],
    [
      sayWebhookFault,
      "took nothing for a day; the last attempt: cannot be reached",
      "一天内未成功接收任何消息；最后一次尝试：无法连接",
    ],
  ];
  for (const [say, english, chinese] of told) {
    expect(say(inChinese, english)).toBe(chinese);
    expect(say(inEnglish, english)).toBe(english);
  }
});

test("other words stay as they are, wherever something known stands in them", () => {
  for (const words of ["it timed out", "exit code", "", "exit(code) 1", "timed out!\nexit code 1"]) {
    expect(sayTaskFault(inChinese, words)).toBe(words);
  }
  expect(sayTaskFault(inChinese, null)).toBeNull();
});
