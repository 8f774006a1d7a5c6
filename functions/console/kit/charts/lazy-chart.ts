import { defineAsyncComponent } from "vue";

/** `TimeChart`, whose code is loaded when the first chart is shown. */
export const LazyChart = defineAsyncComponent(() => import("./TimeChart.vue"));
