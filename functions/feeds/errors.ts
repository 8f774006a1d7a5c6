import type { ErrorDefinitions } from "../core/errors.ts";

export const feedErrors = {
  FEED_EMPTY: {
    status: 404,
    en: "Nothing is published for this feed: check software, platform, architecture and channel in its address",
    "zh-CN": "此订阅源没有已发布的内容：请检查地址中的软件、平台、架构和渠道",
  },
  FEED_NOT_FOUND: {
    status: 404,
    en: "There is no such feed: the page of your updater says what its address looks like",
    "zh-CN": "没有此订阅源：请参阅您所用更新程序的说明页面，了解其地址格式",
  },
} as const satisfies ErrorDefinitions;

type Codes = typeof feedErrors;
declare module "../core/errors.ts" {
  interface ErrorTable extends Codes {}
}
