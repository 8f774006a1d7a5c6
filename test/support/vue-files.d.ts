/** Components as tests see them, which only name their files; functions/console has a check of types of its own. */
declare module "*.vue" {
  import type { Component } from "vue";
  const component: Component;
  export default component;
}
