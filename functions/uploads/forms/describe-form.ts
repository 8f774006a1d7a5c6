import { z } from "zod";

type Properties = Readonly<Record<string, object>>;

/**
 * A form of one file and of the fields that a kind of upload reads, for a route's `request`.
 * @param further what the description says beside that: defaults that the domain decides, fields of the route itself
 */
export function formBody(fields: z.ZodType, further: Properties = {}) {
  const { properties = {}, required = [] } = z.toJSONSchema(fields, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // Every value of a form is a text; what reads as true or false is a boolean to clients.
      if (jsonSchema.anyOf?.some((one) => one.type === "boolean")) {
        delete jsonSchema.anyOf;
        jsonSchema.type = "boolean";
      }
    },
  }) as { properties?: Properties; required?: string[] };
  const file = { type: "string", format: "binary" } as const;
  const merged = { ...properties, ...further, file };
  const described = Object.entries(merged).map(
    ([name, said]) => [name, { ...properties[name], ...said }] as const,
  );
  const schema = {
    type: "object" as const,
    required: [...required, "file"],
    properties: Object.fromEntries(described),
  };
  return { body: { required: true, content: { "multipart/form-data": { schema } } } } as const;
}
