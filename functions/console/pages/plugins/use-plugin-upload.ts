import { useQueryClient } from "@tanstack/vue-query";
import { ref } from "vue";
import { createSlipway } from "../../../../scripts/client/library/library.ts";
import type { SlipwayProgress } from "../../../../scripts/client/library/types.ts";
import { Failure } from "../../api/failure.ts";
import { language } from "../../locale/i18n.ts";
import type { Plugin } from "./plugin-queries.ts";

type Wish = { file: File; key: string; secret: string };

/** Sends the archive of a plugin straight to the bucket, by a signed upload. */
export function usePluginUpload() {
  const queryClient = useQueryClient();
  const progress = ref<SlipwayProgress | null>(null);
  const failure = ref<Failure | null>(null);
  const published = ref<Plugin | null>(null);
  let stop = new AbortController();

  async function send({ file, key, secret }: Wish): Promise<void> {
    stop = new AbortController();
    failure.value = published.value = null;
    progress.value = { phase: "hashing", bytes: 0, total: file.size };
    const plugin = { plugin_key: key, ...(secret && { upload_secret: secret }) };
    const headers = { "X-Slipway-Console": "1", "Accept-Language": language.value };
    const client = createSlipway({ url: location.origin, headers, signal: stop.signal });
    try {
      const upload = { kind: "plugin", filename: file.name, plugin } as const;
      const onProgress = (reached: SlipwayProgress) => (progress.value = reached);
      published.value = (await client.upload(file, upload, { onProgress })) as Plugin;
      await queryClient.invalidateQueries({ queryKey: ["plugins"] });
    } catch (thrown) {
      if (!stop.signal.aborted) failure.value = new Failure((thrown as Error).message, 0);
    } finally {
      progress.value = null;
    }
  }

  return { send, stop: () => stop.abort(), progress, failure, published };
}
