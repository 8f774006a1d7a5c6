import { inject, type Ref } from "vue";
import { named, type Named } from "./use-release.ts";

/** The version that the page shows, for its panels. */
export function useNamed(): Ref<Named> {
  const name = inject(named);
  if (!name) throw new Error("only a page of a version has these panels");
  return name;
}
