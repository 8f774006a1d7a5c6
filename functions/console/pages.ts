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
