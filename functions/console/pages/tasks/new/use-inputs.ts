import { computed, onScopeDispose, reactive } from "vue";
import { asFailure, type Failure } from "../../../api/failure.ts";
import { uploadInput } from "./upload-input.ts";

export type Input = {
  key: number;
  name: string;
  size: number;
  phase: "hashing" | "sending" | "verifying" | "ready" | "failed";
  bytes: number;
  uploadId: string;
  failure: Failure | null;
  stop: AbortController;
};

/** The files of a task that is being made: each is uploaded as soon as it is chosen. What is under way ends with the page. */
export function useInputs() {
  const inputs = reactive<Input[]>([]);
  let next = 0;

  async function send(file: File) {
    const stop = new AbortController();
    const blank = { name: file.name, size: file.size, phase: "hashing" as const, bytes: 0, uploadId: "" };
    const input = reactive<Input>({ ...blank, key: next++, failure: null, stop });
    inputs.push(input);
    try {
      input.uploadId = await uploadInput(file, stop.signal, (phase, bytes) =>
        Object.assign(input, { phase, bytes }),
      );
      input.phase = "ready";
    } catch (problem) {
      if (!stop.signal.aborted) Object.assign(input, { phase: "failed", failure: asFailure(problem) });
    }
  }

  function remove(input: Input) {
    input.stop.abort();
    const at = inputs.findIndex(({ key }) => key === input.key);
    if (at >= 0) inputs.splice(at, 1);
  }

  onScopeDispose(() => inputs.forEach(({ stop }) => stop.abort()));
  return {
    inputs,
    add: (files: Iterable<File>) => Promise.all(Array.from(files, send)),
    remove,
    isSending: computed(() => inputs.some(({ phase }) => phase !== "ready" && phase !== "failed")),
    ids: () => inputs.filter(({ phase }) => phase === "ready").map(({ uploadId }) => uploadId),
  };
}
