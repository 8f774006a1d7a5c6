import { computed, onScopeDispose, reactive } from "vue";
import { uploadClient } from "../../../api/uploads.ts";
import { trackUpload, type Retry, type UploadState } from "../../../kit/uploads/track.ts";
import { useLeaveQuestion } from "../../../kit/uploads/use-leave-question.ts";

export type Input = {
  key: number;
  name: string;
  /** Bytes. */
  size: number;
  state: UploadState;
  /** Bytes that have been sent, or read before. */
  sent: number;
  /** Bytes sent in a second. */
  speed: number;
  retry?: Retry | undefined;
  /** By this a task's config names it, once it is verified. */
  uploadId: string;
  problem?: string;
  stop: AbortController;
};

/** The files of a task that is being made: each is uploaded as soon as it is chosen. What is under way ends with the page. */
export function useInputs() {
  const inputs = reactive<Input[]>([]);
  let next = 0;

  async function send(file: File) {
    const stop = new AbortController();
    const blank = { name: file.name, size: file.size, sent: 0, speed: 0, uploadId: "" };
    const input = reactive<Input>({ ...blank, key: next++, state: "waiting", stop });
    inputs.push(input);
    const onProgress = trackUpload(
      (state) => (input.state = state),
      (sent, speed, retry) => Object.assign(input, { sent, speed, retry }),
    );
    try {
      const upload = { kind: "input", filename: file.name } as const;
      const result = await uploadClient(stop.signal).upload(file, upload, { onProgress });
      input.uploadId = String(result["input"]);
      input.state = "sent";
    } catch (problem) {
      if (stop.signal.aborted) return;
      const sentence = problem instanceof Error ? problem.message : String(problem);
      Object.assign(input, { state: "failed", sent: 0, problem: sentence });
    }
  }

  function remove(input: Input) {
    input.stop.abort();
    const at = inputs.findIndex(({ key }) => key === input.key);
    if (at >= 0) inputs.splice(at, 1);
  }

  const isSending = computed(() => inputs.some(({ state }) => state !== "sent" && state !== "failed"));
  useLeaveQuestion(() => isSending.value);
  onScopeDispose(() => inputs.forEach(({ stop }) => stop.abort()));
  return {
    inputs,
    add: (files: Iterable<File>) => Promise.all(Array.from(files, send)),
    remove,
    isSending,
    ids: () => inputs.filter(({ state }) => state === "sent").map(({ uploadId }) => uploadId),
  };
}
