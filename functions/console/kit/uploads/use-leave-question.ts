import { useEventListener } from "@vueuse/core";
import { onBeforeRouteLeave } from "vue-router";
import { confirm } from "../confirm.ts";
import { t } from "./texts.ts";

/** Asks before a page is left that ends with what it sends; the browser asks before it is closed. */
export function useLeaveQuestion(isSending: () => boolean): void {
  useEventListener("beforeunload", (event) => {
    if (isSending()) event.preventDefault();
  });
  onBeforeRouteLeave((to) => {
    // Whoever is signed out cannot send any more.
    if (!isSending() || to.name === "sign-in") return true;
    return confirm({
      title: t("leave"),
      text: t("leaveText"),
      action: t("leaveAction"),
      dismissal: t("stay"),
      isDangerous: true,
    });
  });
}
