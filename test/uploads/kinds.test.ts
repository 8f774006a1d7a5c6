import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Publisher } from "../../functions/uploads/publisher.ts";
import { registerPublishers } from "../../functions/uploads/publishers.ts";
import { openapiText } from "../../scripts/openapi.ts";

const recordingPublisher: Publisher = {
  maxBytes: () => 1,
  takenCode: "APPWARE_EXISTS",
  description: {
    fields: "`title` of the recording",
    admissionErrors: ["APPWARE_NOT_FOUND"],
    inspectionErrors: ["LOG_NOT_FOUND"],
  },
  admit: () => Promise.reject(new Error("nothing is uploaded here")),
  makeRoom: () => Promise.resolve(false),
  publish: () => ({}),
  refusals: { "recordings.owner": "USER_NOT_FOUND", "recordings.upload_id": "ended", blobs_refs: "later" },
  references: sql`SELECT NULL AS id`,
  published: () => undefined,
  result: () => Promise.resolve(null),
};

type Body = { properties: { kind: { enum: string[] } } & Record<string, { description?: string }> };
type Operation = {
  requestBody: { content: { "application/json": { schema: Body } } };
  responses: Record<string, { description: string }>;
};
type Description = { paths: Record<string, { post: Operation }> };

test("a new kind is described by its Publisher: its name, fields and errors", () => {
  registerPublishers({ recording: recordingPublisher });
  const { paths } = JSON.parse(openapiText()) as Description;
  const create = paths["/api/v1/uploads"]?.post;
  const { properties } = create?.requestBody.content["application/json"].schema ?? {};

  expect(properties?.kind.enum).toEqual(["package", "plugin", "backup", "input", "output", "recording"]);
  expect(properties?.recording?.description).toBe("`title` of the recording");
  const begun = JSON.stringify(create?.responses);
  for (const code of ["APPWARE_EXISTS", "APPWARE_NOT_FOUND"]) expect(begun).toContain(`\`${code}\``);

  const completed = JSON.stringify(paths["/api/v1/uploads/{id}/complete"]?.post.responses);
  for (const code of ["LOG_NOT_FOUND", "USER_NOT_FOUND"]) expect(completed).toContain(`\`${code}\``);
  expect(completed).not.toContain("`ended`");
});
