import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { xmlDocument } from "../../functions/kit/xml.ts";

const parser = new XMLParser({ ignoreAttributes: false, trimValues: false, parseTagValue: false });
const content = (text: string) =>
  (parser.parse(xmlDocument({ name: "a", attributes: { b: text }, content: text })) as { a: object }).a;

test.each(["<&>\"'", "]]><!--", "&amp;", "🚀 é 中", "a\u0085b"])("%s is read as it was written", (text) => {
  expect(content(text)).toEqual({ "#text": text, "@_b": text });
});

test("what XML cannot say is left out: control characters, half characters, noncharacters", () => {
  expect(content("a\u0000b\u0008c\u000bd\u001fe\ud83df\udc00g\ufffeh\uffffi")).toEqual({
    "#text": "abcdefghi",
    "@_b": "abcdefghi",
  });
  expect(content("line\n\tnext")).toMatchObject({ "#text": "line\n\tnext" });
});

test("attributes and elements that are absent are left out, empty ones close themselves", () => {
  const document = xmlDocument({
    name: "root",
    attributes: { one: null, two: undefined, three: 0 },
    content: [
      null,
      undefined,
      { name: "empty" },
      { name: "blank", content: "" },
      { name: "zero", content: 0 },
    ],
  });
  expect(XMLValidator.validate(document)).toBe(true);
  expect(document).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<root three="0">\n  <empty/>\n  <blank/>\n  <zero>0</zero>\n</root>\n',
  );
});
