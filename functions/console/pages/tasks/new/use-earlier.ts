import { useQuery } from "@tanstack/vue-query";
import { ref, watch, type Ref } from "vue";
import { useRoute } from "vue-router";
import { api, dataOf } from "../../../api/client.ts";
import type { Task } from "../task-states.ts";
import { filesOf, formOf, partsOf, type TaskForm } from "./task-form.ts";

const read = async (id: string): Promise<Task> =>
  (await dataOf(api.GET("/api/tasks/{task_id}", { params: { path: { task_id: id } } }))).data;

/** The newest task of the user of this type, if there was one. */
async function newestOf(type: string): Promise<Task | null> {
  const query = { task_type: type, page_size: 1 };
  const [newest] = (await dataOf(api.GET("/api/tasks", { params: { query } }))).data.items;
  return newest ? read(newest.id) : null;
}

/**
 * Fills the form from an earlier task: from the one that the address names (`?from=`) all of it, or, once a type is chosen
 * and no setting is typed yet, the settings of the newest task of that type. So each type has the form of its own.
 */
export function useEarlier(form: Ref<TaskForm>) {
  const from = String(useRoute().query.from ?? "");
  const kept = ref<string[]>([]);
  const likeTitle = ref("");
  const chosen = ref("");

  const copied = useQuery({
    queryKey: ["tasks", "copied", from],
    queryFn: () => read(from),
    enabled: from !== "",
  });
  watch(
    copied.data,
    (task) => {
      if (!task) return;
      form.value = formOf(task);
      kept.value = filesOf(task.config);
    },
    { immediate: true },
  );

  const before = useQuery({
    queryKey: ["tasks", "newest of", chosen],
    queryFn: () => newestOf(chosen.value),
    enabled: () => chosen.value !== "",
  });
  watch([before.data, chosen], ([task]) => {
    if (!task || task.task_type !== form.value.type || form.value.settings.length > 0) return;
    Object.assign(form.value, partsOf(task.config));
    likeTitle.value = task.title;
  });

  return { kept, likeTitle, typeChosen: () => (chosen.value = form.value.type), failure: copied.error };
}
