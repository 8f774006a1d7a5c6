import { api } from "../../api/client.ts";
import { asFailure } from "../../api/failure.ts";
import type { Publication } from "./publication.ts";

/** Makes all versions visible, each at one moment. */
export async function makeVisible(now: Publication, allowIncomplete: boolean): Promise<void> {
  delete now.problem;
  try {
    for (const version of now.versions) {
      if (!waits(now, version)) continue;
      await api.POST("/api/v1/releases/{software}/{version}/publish", {
        params: { path: { software: now.software, version } },
        body: {
          allow_incomplete: allowIncomplete,
          ...(now.notes && { notes: now.notes }),
          ...(now.description && { description: now.description }),
        },
      });
    }
    now.state = "published";
  } catch (error) {
    const { message, requestId } = asFailure(error);
    now.problem = requestId ? `${message} (${requestId})` : message;
    now.state = "refused";
  }
}

/** Whether a file of a version, or one beside such a file, waits for its release. */
const waits = ({ items }: Publication, version: string): boolean =>
  items.some(({ fields, of, uploadId }) => {
    const ofPackage = fields ?? items.find(({ id }) => id === of)?.fields;
    return uploadId !== undefined && ofPackage?.version === version;
  });
