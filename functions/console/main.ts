import ui from "@nuxt/ui/vue-plugin";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import App from "./App.vue";
import { queryClient } from "./api/query-client.ts";
import { sayFaultsOfFields } from "./kit/fields/say-faults.ts";
import { i18n } from "./locale/i18n.ts";
import { router } from "./router.ts";
import "./main.css";

sayFaultsOfFields();
createApp(App).use(i18n).use(VueQueryPlugin, { queryClient }).use(router).use(ui).mount("#app");
