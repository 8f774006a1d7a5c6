import { ref } from "vue";

/** What somebody is asked before something is done that cannot be taken back. */
export type Question = {
  title: string;
  /** What will happen, and to what; each line stands by itself. */
  text: string;
  /** What the button says: the deed, as in "Delete". */
  action: string;
  /** What the other button says where "Cancel" might be taken for the deed. */
  dismissal?: string;
  isDangerous?: boolean;
};

/** The question that waits for its answer. */
export const pending = ref<(Question & { answer: (yes: boolean) => void }) | null>(null);

/** Asks, and resolves to whether the answer was yes. */
export function confirm(question: Question): Promise<boolean> {
  pending.value?.answer(false);
  return new Promise((resolve) => {
    pending.value = {
      ...question,
      answer(yes) {
        pending.value = null;
        resolve(yes);
      },
    };
  });
}
