import { defineTexts } from "../../../locale/i18n.ts";

export const t = defineTexts("newTask", {
  title: { en: "New task", "zh-CN": "新建任务" },
  back: { en: "All tasks", "zh-CN": "全部任务" },
  what: { en: "What is to be done", "zh-CN": "任务内容" },
  name: { en: "Title", "zh-CN": "标题" },
  type: { en: "Type", "zh-CN": "类型" },
  typeHelp: {
    en: "Which kind of work it is. Your servers can do: {types}",
    "zh-CN": "任务的种类。现有服务器支持：{types}",
  },
  typeHelpNone: {
    en: "Which kind of work it is. No server has said yet what it can do: ask an administrator.",
    "zh-CN": "任务的种类。目前还没有服务器声明支持的类型，请咨询管理员。",
  },
  description: { en: "Description", "zh-CN": "描述" },
  descriptionHelp: { en: "For people; servers do not read it.", "zh-CN": "仅供查看，服务器不会读取。" },
  duration: { en: "Expected time (minutes)", "zh-CN": "预计时长（分钟）" },
  priority: { en: "Priority", "zh-CN": "优先级" },
  priorityHelp: { en: "0 to 10; higher runs first.", "zh-CN": "0 到 10，数值越大越先运行。" },
  hold: {
    en: "{amount} is held from your balance of {balance}: {minutes} minutes at {price} each. What it really takes is charged at its end, never more.",
    "zh-CN":
      "将从您的余额 {balance} 中冻结 {amount}（{minutes} 分钟 × {price}），结束时按实际用时扣费，不会超过冻结金额。",
  },
  tooLittle: {
    en: "That is more than your balance of {balance}: {amount} would be held. Redeem a code, or expect less time.",
    "zh-CN": "余额不足：需冻结 {amount}，当前余额 {balance}。请先充值，或缩短预计时长。",
  },
  redeem: { en: "Redeem a code", "zh-CN": "使用充值码" },
  inputs: { en: "Files", "zh-CN": "输入文件" },
  inputsText: {
    en: "The task finds these when it begins. They are uploaded as soon as you choose them, and kept for a week.",
    "zh-CN": "任务开始时即可读取这些文件。选择后立即上传，保留一周。",
  },
  drop: { en: "Drop files here, or", "zh-CN": "将文件拖到此处，或" },
  choose: { en: "Choose files", "zh-CN": "选择文件" },
  kept: { en: "From the task before", "zh-CN": "沿用之前任务的文件" },
  remove: { en: "Remove {name}", "zh-CN": "移除 {name}" },
  settings: { en: "Settings for the task", "zh-CN": "任务参数" },
  settingsText: {
    en: "Names and values that the task's command gets. Numbers, true, false, and JSON are taken as such; anything else is text.",
    "zh-CN": "传给任务命令的名称和值。数字、true、false 和 JSON 按原类型传递，其余均为文本。",
  },
  likeBefore: {
    en: "Filled in like your last task of this type, “{title}”.",
    "zh-CN": "已按您上一个同类任务“{title}”填写。",
  },
  setting: { en: "Name", "zh-CN": "名称" },
  value: { en: "Value", "zh-CN": "值" },
  add: { en: "Add a setting", "zh-CN": "添加参数" },
  needs: { en: "What the server must have", "zh-CN": "服务器要求" },
  needsText: {
    en: "Left empty, any server that runs the type may take it.",
    "zh-CN": "留空则任何支持该类型的服务器均可领取。",
  },
  memory: { en: "GPU memory (GB)", "zh-CN": "显存（GB）" },
  gpus: { en: "Number of GPUs", "zh-CN": "GPU 数量" },
  gpuName: { en: "GPU name contains", "zh-CN": "GPU 名称包含" },
  create: { en: "Create the task", "zh-CN": "创建任务" },
  wait: { en: "Files are still on their way.", "zh-CN": "文件仍在上传中。" },
  created: { en: "“{title}” is in the queue", "zh-CN": "“{title}”已进入队列" },
});
