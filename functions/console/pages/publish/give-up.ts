import { api } from "../../api/client.ts";
import { asFailure } from "../../api/failure.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Publication } from "./publication.ts";

/** Ends all uploads that were begun here, those that wait for their release too, so that nothing of them stays. */
export async function giveUp({ items }: Publication): Promise<void> {
  const begun = new Set(
    items.flatMap(({ record, sentAs }) => [record?.upload_id, sentAs]).filter((id) => id !== undefined),
  );
  await Promise.all(
    [...begun].map((id) =>
      // It may be over already.
      api.DELETE("/api/v1/uploads/{id}", { params: { path: { id } } }).catch(asFailure),
    ),
  );
  await queryClient.invalidateQueries();
}
