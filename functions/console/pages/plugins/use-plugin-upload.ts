import { useQueryClient } from "@tanstack/vue-query";
import { onScopeDispose, ref } from "vue";
import { Failure } from "../../api/failure.ts";
import { uploadClient } from "../../api/uploads.ts";
import { trackUpload, type Retry, type UploadState } from "../../kit/uploads/track.ts";
import { useLeaveQuestion } from "../../kit/uploads/use-leave-question.ts";
import type { Plugin } from "./plugin-queries.ts";

type Wish = { file: File; key: string; secret: string };
type Sending = {
  name: string;
  size: number;
  state: UploadState;
  sent: number;
  speed: number;
  retry?: Retry | undefined;
};

/** Sends the archive of a plugin straight to the bucket, by a signed upload, which ends with the page. */
export function usePluginUpload() {
  const queryClient = useQueryClient();
  const sending = ref<Sending | null>(null);
  const failure = ref<Failure | null>(null);
  const published = ref<Plugin | null>(null);
  let stop = new AbortController();

  async function send({ file, key, secret }: Wish): Promise<void> {
    stop = new AbortController();
    failure.value = published.value = null;
    sending.value = { name: file.name, size: file.size, state: "waiting", sent: 0, speed: 0 };
    const show = (now: Partial<Sending>) => sending.value && Object.assign(sending.value, now);
    const plugin = { plugin_key: key, ...(secret && { upload_secret: secret }) };
    try {
      const upload = { kind: "plugin", filename: file.name, plugin } as const;
      const onProgress = trackUpload(
        (state) => show({ state }),
        (sent, speed, retry) => show({ sent, speed, retry }),
      );
      published.value = (await uploadClient(stop.signal).upload(file, upload, { onProgress })) as Plugin;
      await queryClient.invalidateQueries({ queryKey: ["plugins"] });
    } catch (thrown) {
      if (!stop.signal.aborted) failure.value = new Failure((thrown as Error).message, 0);
    } finally {
      sending.value = null;
    }
  }

  useLeaveQuestion(() => sending.value !== null);
  onScopeDispose(() => stop.abort());
  return { send, stop: () => stop.abort(), sending, failure, published };
}
