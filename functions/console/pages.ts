import type { Component } from "vue";
import type { Text } from "./locale/i18n.ts";

/** The parts of the navigation, in its order. */
export const sections = {
  start: { en: "Start", "zh-CN": "开始" },
  shipping: { en: "Software", "zh-CN": "软件" },
  compute: { en: "Compute", "zh-CN": "计算" },
  administration: { en: "Administration", "zh-CN": "管理" },
} satisfies Record<string, Text>;

export type Page = {
  /** What links name: `{ name: "account" }`. */
  name: string;
  /** `/`, or below `/console`, where the server answers with the console. */
  path: string;
  title: Text;
  icon: string;
  /** Who sees it: everybody, who is signed in, or administrators. */
  for: "everybody" | "users" | "administrators";
  /** Where the navigation lists it; the command palette lists every page without parameters that has an icon. */
  section?: keyof typeof sections;
  /** Shown alone, without navigation. */
  bare?: boolean;
  /** What people may look for when they mean this page. */
  keywords?: string;
  load: () => Promise<{ default: Component }>;
};

/** All pages of the console. A new page is one folder below pages/ and one line here. */
export const pages: readonly Page[] = [
  {
    name: "overview",
    path: "/",
    for: "users",
    section: "start",
    icon: "i-lucide-layout-dashboard",
    title: { en: "Overview", "zh-CN": "概览" },
    keywords: "home dashboard 首页",
    load: () => import("./pages/overview/OverviewPage.vue"),
  },
  {
    name: "account",
    path: "/console/account",
    for: "users",
    section: "start",
    icon: "i-lucide-circle-user-round",
    title: { en: "Your account", "zh-CN": "我的账户" },
    keywords: "password profile 密码",
    load: () => import("./pages/account/AccountPage.vue"),
  },
  {
    name: "software-list",
    path: "/console/software",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-package",
    title: { en: "Software", "zh-CN": "软件" },
    keywords: "releases versions packages 版本 软件包",
    load: () => import("./pages/software/SoftwareListPage.vue"),
  },
  {
    name: "publish",
    path: "/console/publish",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-upload",
    title: { en: "Publish", "zh-CN": "发布" },
    keywords: "upload release drop 上传",
    load: () => import("./pages/publish/PublishPage.vue"),
  },
  {
    name: "check",
    path: "/console/check",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-radar",
    title: { en: "What would a client get?", "zh-CN": "客户端会得到什么？" },
    keywords: "update check device 检查更新",
    load: () => import("./pages/check/CheckPage.vue"),
  },
  {
    name: "connect",
    path: "/console/connect",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-plug",
    title: { en: "Connect a client", "zh-CN": "接入客户端" },
    keywords: "electron tauri velopack sparkle feed updater 更新源",
    load: () => import("./pages/connect/ConnectPage.vue"),
  },
  {
    name: "storage",
    path: "/console/storage",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-hard-drive",
    title: { en: "Storage", "zh-CN": "存储" },
    keywords: "quota cleanup 配额 清理",
    load: () => import("./pages/storage/StoragePage.vue"),
  },
  {
    name: "software",
    path: "/console/software/:software",
    for: "administrators",
    icon: "",
    title: { en: "Software", "zh-CN": "软件" },
    load: () => import("./pages/software/SoftwarePage.vue"),
  },
  {
    name: "version",
    path: "/console/software/:software/:version",
    for: "administrators",
    icon: "",
    title: { en: "Version", "zh-CN": "版本" },
    load: () => import("./pages/version/VersionPage.vue"),
  },
  {
    name: "tasks",
    path: "/console/tasks",
    for: "users",
    section: "compute",
    icon: "i-lucide-list-todo",
    title: { en: "Tasks", "zh-CN": "任务" },
    keywords: "jobs queue compute 队列 计算",
    load: () => import("./pages/tasks/TasksPage.vue"),
  },
  {
    name: "new-task",
    path: "/console/tasks/new",
    for: "users",
    icon: "i-lucide-list-plus",
    title: { en: "New task", "zh-CN": "新建任务" },
    keywords: "create 创建",
    load: () => import("./pages/tasks/new/NewTaskPage.vue"),
  },
  {
    name: "task",
    path: "/console/tasks/:id",
    for: "users",
    icon: "",
    title: { en: "Task", "zh-CN": "任务" },
    load: () => import("./pages/tasks/TaskPage.vue"),
  },
  {
    name: "servers",
    path: "/console/servers",
    for: "administrators",
    section: "compute",
    icon: "i-lucide-server",
    title: { en: "GPU servers", "zh-CN": "GPU 服务器" },
    keywords: "agents machines 代理 机器",
    load: () => import("./pages/servers/ServersPage.vue"),
  },
  {
    name: "new-server",
    path: "/console/servers/new",
    for: "administrators",
    icon: "i-lucide-server-cog",
    title: { en: "Register a server", "zh-CN": "注册服务器" },
    keywords: "agent gpu token 代理 令牌",
    load: () => import("./pages/servers/NewServerPage.vue"),
  },
  {
    name: "server",
    path: "/console/servers/:id",
    for: "administrators",
    icon: "",
    title: { en: "GPU server", "zh-CN": "GPU 服务器" },
    load: () => import("./pages/servers/ServerPage.vue"),
  },
  {
    name: "money",
    path: "/console/money",
    for: "users",
    section: "compute",
    icon: "i-lucide-wallet",
    title: { en: "Money", "zh-CN": "余额与账单" },
    keywords: "balance recharge redeem billing 充值",
    load: () => import("./pages/money/MoneyPage.vue"),
  },
  {
    name: "codes",
    path: "/console/codes",
    for: "administrators",
    section: "administration",
    icon: "i-lucide-ticket",
    title: { en: "Recharge codes", "zh-CN": "充值码" },
    keywords: "vouchers csv print 打印",
    load: () => import("./pages/codes/CodesPage.vue"),
  },
  {
    name: "balances",
    path: "/console/balances",
    for: "administrators",
    section: "administration",
    icon: "i-lucide-scale",
    title: { en: "Balances", "zh-CN": "用户余额" },
    keywords: "ledger check money 账目",
    load: () => import("./pages/balances/BalancesPage.vue"),
  },
  {
    name: "rollouts",
    path: "/console/rollouts",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-chart-no-axes-column-increasing",
    title: { en: "Rollouts", "zh-CN": "灰度发布" },
    keywords: "steps share pause 分批",
    load: () => import("./pages/rollouts/RolloutsPage.vue"),
  },
  {
    name: "new-rollout",
    path: "/console/rollouts/new",
    for: "administrators",
    icon: "i-lucide-rocket",
    title: { en: "Start a rollout", "zh-CN": "开始灰度发布" },
    keywords: "new create 新建",
    load: () => import("./pages/rollouts/new/NewRolloutPage.vue"),
  },
  {
    name: "rollout",
    path: "/console/rollouts/:id",
    for: "administrators",
    icon: "",
    title: { en: "Rollout", "zh-CN": "灰度发布" },
    load: () => import("./pages/rollouts/RolloutPage.vue"),
  },
  {
    name: "statistics",
    path: "/console/statistics",
    for: "administrators",
    section: "shipping",
    icon: "i-lucide-chart-line",
    title: { en: "Statistics", "zh-CN": "统计" },
    keywords: "adoption downloads checks 下载 使用",
    load: () => import("./pages/statistics/StatisticsPage.vue"),
  },
  {
    name: "webhooks",
    path: "/console/webhooks",
    for: "administrators",
    section: "administration",
    keywords: "events deliveries 事件 投递",
    icon: "i-lucide-webhook",
    title: { en: "Webhooks", "zh-CN": "Webhook" },
    load: () => import("./pages/webhooks/WebhooksPage.vue"),
  },
  {
    name: "new-webhook",
    path: "/console/webhooks/new",
    for: "administrators",
    icon: "i-lucide-bell-plus",
    title: { en: "Add a webhook", "zh-CN": "添加 Webhook" },
    load: () => import("./pages/webhooks/NewWebhookPage.vue"),
  },
  {
    name: "webhook",
    path: "/console/webhooks/:id",
    for: "administrators",
    icon: "",
    title: { en: "Webhook", "zh-CN": "Webhook" },
    load: () => import("./pages/webhooks/WebhookPage.vue"),
  },
  {
    name: "delivery",
    path: "/console/webhooks/:id/deliveries/:delivery",
    for: "administrators",
    icon: "",
    title: { en: "Delivery", "zh-CN": "投递详情" },
    load: () => import("./pages/webhooks/DeliveryPage.vue"),
  },
  {
    name: "sign-in",
    path: "/console/sign-in",
    for: "everybody",
    bare: true,
    icon: "",
    title: { en: "Sign in", "zh-CN": "登录" },
    load: () => import("./pages/sign-in/SignInPage.vue"),
  },
  {
    name: "forbidden",
    path: "/console/forbidden",
    for: "users",
    icon: "",
    title: { en: "Not allowed", "zh-CN": "无权访问" },
    load: () => import("./pages/forbidden/ForbiddenPage.vue"),
  },
  {
    name: "not-found",
    path: "/:path(.*)*",
    for: "users",
    icon: "",
    title: { en: "Not found", "zh-CN": "页面不存在" },
    load: () => import("./pages/not-found/NotFoundPage.vue"),
  },
];

/** Whether somebody of this role may open a page. */
export const mayOpen = (page: Page, role: "user" | "admin" | undefined): boolean =>
  page.for === "everybody" || (role !== undefined && (page.for === "users" || role === "admin"));
