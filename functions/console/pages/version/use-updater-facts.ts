import { computed } from "vue";
import { api } from "../../api/client.ts";
import { useAction } from "../../kit/use-action.ts";
import { t } from "./texts.ts";
import { useNamed } from "./use-named.ts";
import { OF_RELEASES } from "./use-release.ts";

/** A file that is published, by its id, or waits for its release, by that of its upload. */
export type Signable = { name: string } & ({ id: number } | { uploadId: string });

type Typed = Record<"signature" | "ed_signature" | "build_number" | "min_os_version", string>;

/** Saves what is typed of a file; what is left empty stays as it is. */
export function useUpdaterFacts(file: () => Signable, typed: Typed, whenSaved: () => void) {
  const release = useNamed();
  const given = computed<Partial<Typed>>(() =>
    Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== "")),
  );
  const save = useAction({
    async run() {
      const one = file();
      const body = given.value;
      if ("id" in one) {
        await api.PATCH("/api/v1/packages/{id}", { params: { path: { id: one.id } }, body });
      } else {
        const path = { ...release.value, upload_id: one.uploadId };
        await api.PATCH("/api/v1/releases/{software}/{version}/waiting/{upload_id}", {
          params: { path },
          body,
        });
      }
    },
    done: () => t("signSaved", { what: file().name }),
    refresh: OF_RELEASES,
    after: whenSaved,
    showsFailure: true,
  });
  return { given, save };
}
