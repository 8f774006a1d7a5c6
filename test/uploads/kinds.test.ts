import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Publisher } from "../../functions/uploads/publisher.ts";
import { registerPublishers } from "../../functions/uploads/publishers.ts";
import { openapiText } from "../../scripts/openapi.ts";

const recordingPublisher: Publisher = {
  maxBytes: () => 1,
  takenCode: "APPWARE_EXISTS",
  description: {
    fields: z.object({ title: z.string().max(20) }),
    credential: "A user's token",
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

type Kind = {
  description: string;
  properties: { kind: { const: string } } & Record<string, { properties: unknown }>;
  required: string[];
};
type Body = { oneOf: Kind[] };
type Operation = {
  requestBody: { content: { "application/json": { schema: Body } } };
  responses: Record<string, { description: string }>;
};
type Description = { paths: Record<string, { post: Operation }> };

test("a new kind is described by its Publisher: its name, fields and errors", () => {
  registerPublishers({ recording: recordingPublisher });
  const { paths } = JSON.parse(openapiText()) as Description;
  const create = paths["/api/v1/uploads"]?.post;
  const kinds = create?.requestBody.content["application/json"].schema.oneOf ?? [];

  expect(kinds.map(({ properties }) => properties.kind.const)).toEqual([
    "package",
    "companion",
    "plugin",
    "backup",
    "input",
    "output",
    "recording",
  ]);
  const recording = kinds.at(-1);
  expect(recording?.description).toBe("A user's token");
  expect(recording?.properties["recording"]?.properties).toEqual({
    title: { type: "string", maxLength: 20 },
  });
  expect(recording?.required).toContain("recording");
  const begun = JSON.stringify(create?.responses);
  for (const code of ["APPWARE_EXISTS", "APPWARE_NOT_FOUND"]) expect(begun).toContain(`\`${code}\``);

  const completed = JSON.stringify(paths["/api/v1/uploads/{id}/complete"]?.post.responses);
  for (const code of ["LOG_NOT_FOUND", "USER_NOT_FOUND"]) expect(completed).toContain(`\`${code}\``);
  expect(completed).not.toContain("`ended`");
});
