import { useColorMode } from "@vueuse/core";

/** Light, dark, or as the system has it; kept in the browser. */
export const appearance = useColorMode({ initialValue: "auto" }).store;
