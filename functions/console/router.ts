import { watch } from "vue";
import { createRouter, createWebHistory, type RouteLocationNormalized } from "vue-router";
import { onSignedOut } from "./api/client.ts";
import { forgetSession, whoAmI } from "./api/session.ts";
import { language, say } from "./locale/i18n.ts";
import { mayOpen, pages, type Page } from "./pages.ts";

declare module "vue-router" {
  interface RouteMeta {
    page?: Page;
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/console", redirect: "/" },
    ...pages.map((page) => ({ name: page.name, path: page.path, component: page.load, meta: { page } })),
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  const { page } = to.meta;
  if (!page || page.for === "everybody") return true;
  // The page's code comes while the server says who asks; where it cannot be loaded, the navigation says so itself.
  page.load().catch(() => undefined);
  const user = await whoAmI().catch(() => undefined);
  // Where the server does not answer, the page opens and shows that.
  if (user === undefined) return true;
  if (user === null) return signInFor(to);
  return mayOpen(page, user.role) || { name: "forbidden", query: { from: to.fullPath } };
});

watch([router.currentRoute, language], ([route]) => {
  const { page } = route.meta;
  document.title = page ? `${say(page.title)} · Slipway` : "Slipway";
});

/** A page that cannot be loaded twice within this time is not there, upgrade or not. Milliseconds. */
const RELOADED_MS = 10_000;
const RELOADED = "slipway-reloaded";

// A server that was upgraded meanwhile has the pages under other names: the console is loaded anew, and goes on to the page.
router.onError((_error, to) => {
  const before = Number(sessionStorage.getItem(RELOADED));
  if (!navigator.onLine || Date.now() - before < RELOADED_MS) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.assign(to.fullPath);
});

onSignedOut(() => {
  forgetSession();
  const route = router.currentRoute.value;
  if (route.meta.page?.for !== "everybody") void router.replace(signInFor(route));
});

const signInFor = (to: RouteLocationNormalized) => ({
  name: "sign-in",
  query: to.fullPath === "/" ? {} : { next: to.fullPath },
});
