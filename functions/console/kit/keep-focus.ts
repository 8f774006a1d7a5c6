import { nextTick } from "vue";

/** Goes on at the content of the page where what had the focus is gone, as the row of what was deleted: else the next Tab begins anew. */
export async function keepFocus(): Promise<void> {
  await nextTick();
  if (document.activeElement === document.body) {
    document.getElementById("content")?.focus({ preventScroll: true });
  }
}
