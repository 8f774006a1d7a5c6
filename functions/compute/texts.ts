import type { Texts } from "../core/locale/locale.ts";

export const computeTexts = {
  "task.created": {
    en: "Task created",
    "zh-CN": "任务创建成功",
  },
  "task.found": {
    en: "The task",
    "zh-CN": "任务详情获取成功",
  },
  "task.listed": {
    en: "Tasks",
    "zh-CN": "任务列表获取成功",
  },
  "task.waiting.no_server": {
    en: "No GPU server is registered yet; ask an administrator to register one",
    "zh-CN": "尚未注册任何GPU服务器，请联系管理员注册",
  },
  "task.waiting.no_enabled_server": {
    en: "No GPU server takes new tasks at the moment; ask an administrator to enable one",
    "zh-CN": "目前没有启用的GPU服务器，请联系管理员启用",
  },
  "task.waiting.no_online_server": {
    en: "No GPU server is online; the task starts once one is. If that takes long, ask an administrator to start its agent",
    "zh-CN": "没有在线的GPU服务器，服务器上线后任务会自动开始；如长时间未开始，请联系管理员启动代理",
  },
  "task.waiting.no_server_for_type": {
    en: "No server that is online runs tasks of the type {type}; check the type, or ask an administrator to give a server a command for it",
    "zh-CN": "没有在线服务器可运行 {type} 类型的任务，请检查任务类型，或联系管理员为服务器配置相应命令",
  },
  "task.waiting.no_server_with_requirements": {
    en: "No server that is online and runs this type has the memory and GPUs that the task requires; wait for one, or cancel the task and require less",
    "zh-CN": "可运行该类型的在线服务器均不满足任务所需的显存或GPU，请等待，或取消任务并降低要求",
  },
  "task.waiting.servers_full": {
    en: "All servers that can run the task are busy; it starts when one has room and the tasks ahead of it have started",
    "zh-CN": "可运行该任务的服务器均已满载，有空位且排在前面的任务开始后会自动开始",
  },
  "task.waiting.queue": {
    en: "A server can run the task; it starts when that server asks for work, after the tasks ahead of it in the queue",
    "zh-CN": "已有可运行该任务的服务器，待其领取且队列中排在前面的任务开始后会自动开始",
  },
  "task.fault.timedOut": {
    en: "timed out",
    "zh-CN": "运行超时",
  },
  "task.fault.timedOutAfter": {
    en: "timed out after {seconds} seconds",
    "zh-CN": "运行超过 {seconds} 秒，已超时",
  },
  "task.fault.lost": {
    en: "lost three times: no server could finish it",
    "zh-CN": "三次失去联系：没有服务器能完成该任务",
  },
  "task.fault.exitCode": {
    en: "exit code {code}",
    "zh-CN": "命令以退出码 {code} 结束",
  },
  "task.fault.signal": {
    en: "signal {signal}",
    "zh-CN": "命令被信号 {signal} 终止",
  },
  "task.fault.cannotStart": {
    en: "the command cannot be started: {why}",
    "zh-CN": "命令无法启动：{why}",
  },
  "task.fault.noResult": {
    en: "the command's result is not a JSON object, or is too long",
    "zh-CN": "命令的结果不是 JSON 对象，或内容过长",
  },
  "task.fault.largeResult": {
    en: "the result is larger than 64 KiB: write it to an output file instead",
    "zh-CN": "结果超过 64 KiB，请改为写入输出文件",
  },
  "task.fault.noCommand": {
    en: "this agent has no command for {type}: add one to its config",
    "zh-CN": "该代理没有 {type} 类型的命令，请在其配置中添加",
  },
  "task.fault.restarts": {
    en: "the agent was restarted too often while the task ran",
    "zh-CN": "任务运行期间代理重启次数过多",
  },
  "task.fault.sameInput": {
    en: "two inputs are named {name}",
    "zh-CN": "两个输入文件同名：{name}",
  },
  "task.fault.input": {
    en: "input {name}: {why}",
    "zh-CN": "输入文件 {name}：{why}",
  },
  "task.fault.refused": {
    en: "the server refused the result: {why}",
    "zh-CN": "服务器拒绝了结果：{why}",
  },
  "task.fault.agent": {
    en: "the agent could not run it: {why}",
    "zh-CN": "代理无法运行该任务：{why}",
  },
  "agent.fault.redirect": {
    en: "answers with a redirect",
    "zh-CN": "响应为重定向",
  },
  "agent.fault.long": {
    en: "answers more than 1 MiB",
    "zh-CN": "响应超过 1 MiB",
  },
  "agent.fault.noReport": {
    en: "answers something that is no report",
    "zh-CN": "响应内容不是状态报告",
  },
  "agent.fault.status": {
    en: "answers {status}",
    "zh-CN": "响应状态码 {status}",
  },
  "task.cancelled": {
    en: "Task cancelled",
    "zh-CN": "任务已取消",
  },
  "task.restarted": {
    en: "Task started again",
    "zh-CN": "任务已重新运行",
  },
  "task.deleted": {
    en: "Task deleted",
    "zh-CN": "任务删除成功",
  },
  "task.logs": {
    en: "The task's log",
    "zh-CN": "任务日志获取成功",
  },
  "task.configSize": {
    en: "send less: 64 KiB of JSON are the most",
    "zh-CN": "JSON 最多 64 KiB，请缩小",
  },
  "task.configDepth": {
    en: "nest it less deeply: 100 levels are the most",
    "zh-CN": "嵌套最多 100 层，请减少层级",
  },
  "task.type": {
    en: "use 1 to 64 letters, digits, dots, underscores and hyphens",
    "zh-CN": "请使用 1 到 64 个字母、数字、点、下划线或连字符",
  },
  "task.inputId": {
    en: "use the upload_id of an input, which begins with upl_",
    "zh-CN": "请使用输入文件的 upload_id，以 upl_ 开头",
  },
  "task.cannotCancel": {
    en: "This task is {state} already: there is nothing left to cancel",
    "zh-CN": "任务状态已是 {state}，无需取消",
  },
  "task.cannotRetry": {
    en: "Only a failed or cancelled task can run again, and this one is {state}: create a new task instead",
    "zh-CN": "只有失败或已取消的任务可以重新运行，该任务状态为 {state}，请新建任务",
  },
  "task.cannotDelete": {
    en: "This task is {state}: cancel it first, then delete it",
    "zh-CN": "任务状态为 {state}，请先取消再删除",
  },
  "task.unknownInputs": {
    en: "name uploads of your own that are inputs, complete and still kept",
    "zh-CN": "只能使用您自己已上传完成且仍保留的输入文件",
  },
  "gpu.reported": {
    en: "The report is received",
    "zh-CN": "上报成功",
  },
  "gpu.address": {
    en: "send an https address with a public name, such as https://gpu-01.example.com, without user, query and fragment",
    "zh-CN": "请填写使用公网域名的 https 地址，例如 https://gpu-01.example.com，不含用户信息、查询参数和片段",
  },
  "gpu.created": {
    en: "The GPU server is registered: keep its token, it is not shown again",
    "zh-CN": "GPU服务器注册成功，请保存令牌，仅显示一次",
  },
  "gpu.updated": {
    en: "The GPU server is updated",
    "zh-CN": "GPU服务器更新成功",
  },
  "gpu.deleted": {
    en: "The GPU server is deleted",
    "zh-CN": "GPU服务器删除成功",
  },
  "gpu.tokenRotated": {
    en: "The GPU server has a new token: give it to the agent, it is not shown again",
    "zh-CN": "GPU服务器令牌已更换，请更新到代理，仅显示一次",
  },
  "gpu.listed": {
    en: "GPU servers",
    "zh-CN": "GPU服务器列表获取成功",
  },
  "gpu.found": {
    en: "The GPU server",
    "zh-CN": "GPU服务器详情获取成功",
  },
  "gpu.status": {
    en: "What the GPU server does",
    "zh-CN": "GPU服务器状态获取成功",
  },
  "gpu.readings": {
    en: "The GPU server's last 24 hours",
    "zh-CN": "GPU服务器24小时读数获取成功",
  },
  "gpu.overview": {
    en: "All GPU servers together",
    "zh-CN": "GPU集群概览获取成功",
  },
} as const satisfies Texts;

type Keys = typeof computeTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
