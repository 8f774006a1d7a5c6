import { useToast } from "@nuxt/ui/composables";
import { useMutation, useQueryClient } from "@tanstack/vue-query";
import { computed, nextTick } from "vue";
import { asFailure } from "../api/failure.ts";
import { t } from "./texts.ts";

type Action<Input, Result> = {
  run: (input: Input) => Promise<Result>;
  /** The sentence that says what has happened. */
  done?: (result: Result, input: Input) => string;
  /** The beginnings of the keys of queries that show what was changed. */
  refresh?: readonly (readonly unknown[])[];
  after?: (result: Result) => unknown;
  /** The page shows the failure itself, as a form does beside its fields. */
  showsFailure?: boolean;
};

/**
 * Something that the user does: runs it, says what has happened, and asks anew for what it has changed. A failure is shown
 * with the server's sentence and the request's id.
 *
 *     const yank = useAction({ run: (id: number) => api.POST(...), done: () => t("yanked"), refresh: [["packages"]] });
 *     yank.run(7); yank.isPending.value; yank.failure.value
 */
export function useAction<Input = void, Result = unknown>(action: Action<Input, Result>) {
  const toast = useToast();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: action.run,
    async onSuccess(result, input) {
      const title = action.done?.(result, input);
      if (title) toast.add({ title, color: "success", icon: "i-lucide-circle-check" });
      await Promise.all(
        (action.refresh ?? []).map((queryKey) => queryClient.invalidateQueries({ queryKey: [...queryKey] })),
      );
      await action.after?.(result);
      await keepFocus();
    },
    onError(error) {
      if (action.showsFailure) return;
      const { message, requestId } = asFailure(error);
      const description = requestId && t("requestId", { id: requestId });
      toast.add({ title: message, description, color: "error", icon: "i-lucide-circle-alert", duration: 0 });
    },
  });
  return {
    run: (input: Input) => mutation.mutate(input),
    isPending: mutation.isPending,
    failure: computed(() => (mutation.error.value ? asFailure(mutation.error.value) : null)),
    /** Forgets the failure, as where a dialog opens again. */
    reset: mutation.reset,
  };
}

/** Goes on at the content of the page where what had the focus is gone, such as the row of what was deleted: else the next Tab begins anew. */
export async function keepFocus(): Promise<void> {
  await nextTick();
  if (document.activeElement === document.body) {
    document.getElementById("content")?.focus({ preventScroll: true });
  }
}
