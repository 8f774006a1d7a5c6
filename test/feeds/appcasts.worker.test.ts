import { describe, expect, test } from "vitest";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newSoftware } from "../support/publish.ts";
import { sharedStack, type RequestOptions } from "../support/stack.ts";
import { publishFile } from "./publish-file.ts";

const stack = sharedStack();
const edSignature = Buffer.alloc(64, 9).toString("base64");
const signature = `${Buffer.alloc(64, 5).toString("base64")}\n`;
/** Bytes that nobody may change: line ends, blanks, a character of four bytes. */
const appcast =
  '<?xml version="1.0"?>\r\n<rss version="2.0">  <channel><title>🚀</title></channel></rss>\n<!-- sign -->';

const endpoint = (software: string, target = "macos-arm64") => `/api/v1/feeds/${software}/sparkle/${target}`;
const feed = (software: string, name = "appcast.xml") => `/feeds/${software}/sparkle/macos-arm64/${name}`;
const set = (software: string, json: unknown, options: RequestOptions = { asPublisher: true }) =>
  stack.request<Record<string, unknown>>(endpoint(software), { ...options, method: "PUT", json });

async function published() {
  const software = newSoftware();
  const fields = { software, version: "1.0.0", platform: "macos", arch: "arm64", ed_signature: edSignature };
  await publishFile(stack, "app.zip", fields);
  return software;
}

describe("an appcast that its publisher signed", () => {
  test("is served byte for byte, with its signature, until it is deleted", async () => {
    const software = await published();
    const before = await stack.request(feed(software));
    expect(before.text).toContain(edSignature);

    const answer = await set(software, { appcast, signature });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({
      software,
      target: "macos-arm64",
      bytes: Buffer.byteLength(appcast),
      is_signed_beside: true,
      updated_at: expect.stringMatching(/Z$/),
    });
    const served = await stack.request(feed(software));
    expect(served.text).toBe(appcast);
    expect(served.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect((await stack.request(`${feed(software)}?channel=beta`)).text).toBe(appcast);
    expect((await stack.request(feed(software, "appcast.xml.signature"))).text).toBe(signature);
    const etag = served.headers.get("etag") ?? "";
    expect((await stack.request(feed(software), { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await stack.request(`/feeds/${software}/sparkle/macos-x64/appcast.xml`)).text).not.toBe(appcast);

    expect((await set(software, { appcast: "<rss></rss>" })).body).toMatchObject({ is_signed_beside: false });
    expect((await stack.request(feed(software))).text).toBe("<rss></rss>");
    expectProblem(await stack.request(feed(software, "appcast.xml.signature")), 404, "FEED_EMPTY");

    const gone = { method: "DELETE", asPublisher: true };
    expect((await stack.request(endpoint(software), gone)).body).toEqual({ software, target: "macos-arm64" });
    expect((await stack.request(feed(software))).text).toBe(before.text);
    expectProblem(await stack.request(endpoint(software), gone), 404, "FEED_EMPTY");
  });

  test("is taken from whoever may publish this software alone", async () => {
    const software = await published();
    const key = async (scopes: string[], of: string) => {
      const made = await newKey(stack, scopes, { software: [of] });
      return { headers: { "x-api-key": made.key } };
    };
    expectProblem(await set(software, { appcast }, {}), 401, "INVALID_API_KEY");
    for (const options of [
      await key(["packages:read"], software),
      await key(["packages:write"], await published()),
    ]) {
      expectProblem(await set(software, { appcast }, options), 403, "INSUFFICIENT_SCOPE");
      const answer = await stack.request(endpoint(software), { ...options, method: "DELETE" });
      expectProblem(answer, 403, "INSUFFICIENT_SCOPE");
    }
    expect((await set(software, { appcast }, await key(["packages:write"], software))).status).toBe(200);
  });

  test.each([
    ["an empty one", { appcast: "" }],
    ["a page", { appcast: "<html></html>" }],
    ["half of one", { appcast: appcast.slice(0, 60) }],
    ["a signature that is none", { appcast, signature: "signed by me" }],
  ])("refuses %s", async (_what, json) => {
    expectProblem(await set(await published(), json), 400, "VALIDATION_ERROR");
  });

  test("refuses to be left out", async () => {
    expectProblem(await set(await published(), {}), 400, "MISSING_PARAMETER");
  });

  test("refuses software and targets that there are none of", async () => {
    expectProblem(await set(newSoftware(), { appcast }), 404, "SOFTWARE_NOT_FOUND");
    const software = await published();
    const answer = await stack.request(endpoint(software, "amiga-68k"), {
      method: "PUT",
      json: { appcast },
      asPublisher: true,
    });
    expectProblem(answer, 404, "FEED_NOT_FOUND");
  });

  test("is shown of private software to whoever may read it", async () => {
    const software = await published();
    await set(software, { appcast, signature });
    await setVisibility(stack, software, "private");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    for (const [name, text] of [
      ["appcast.xml", appcast],
      ["appcast.xml.signature", signature],
    ] as const) {
      expectProblem(await stack.request(feed(software, name)), 401, "INVALID_API_KEY");
      const read = await stack.request(`${feed(software, name)}?key=${key}`);
      expect(read.text).toBe(text);
      expect(read.headers.get("cache-control")).toContain("private");
    }
  });
});
