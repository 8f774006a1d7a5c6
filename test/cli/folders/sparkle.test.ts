import { expect, test } from "vitest";
import { listingOf, rowsOf } from "./listings.ts";

const signature = Buffer.alloc(64, 5).toString("base64");
const appcast = (items: string) => `<?xml version="1.0" standalone="yes"?>
<rss xmlns:sparkle="http://www.andymatuschak.org/xml-namespaces/sparkle" version="2.0"><channel><title>App</title>
${items}</channel></rss>`;

test("an appcast's items, with signature, build number and oldest system; deltas are left to Sparkle", () => {
  const { rows, skipped, found } = rowsOf(
    listingOf({
      "App 2.1.zip": 9,
      "App12-11.delta": 3,
      "App 2.1.html": "<p>new</p>",
      "appcast.xml": appcast(`<item><title>2.1</title>
        <sparkle:version>12</sparkle:version><sparkle:shortVersionString>2.1</sparkle:shortVersionString>
        <sparkle:minimumSystemVersion>12.0</sparkle:minimumSystemVersion><sparkle:channel>beta</sparkle:channel>
        <sparkle:hardwareRequirements>arm64</sparkle:hardwareRequirements>
        <description><![CDATA[<b>new</b> & better]]></description>
        <enclosure url="https://example.com/a/App%202.1.zip?x=1" length="9" type="application/octet-stream" sparkle:edSignature="${signature}"/>
        <sparkle:deltas><enclosure url="https://example.com/a/App12-11.delta" sparkle:deltaFrom="11" length="3"/></sparkle:deltas>
        </item>`),
    }),
  );
  expect(found.tools).toEqual(["Sparkle"]);
  expect(rows).toEqual(["2.1 full macos arm64 zip App 2.1.zip"]);
  expect(found.packages[0]).toMatchObject({
    ed_signature: signature,
    build_number: "12",
    min_os_version: "12.0",
    channel: "beta",
  });
  expect(skipped["App12-11.delta"]).toContain("generate_appcast");
  expect(skipped["App 2.1.html"]).toBe("it is no package, and belongs to none");
});

test("older appcasts have versions on the enclosure, NetSparkle's the system; a wrong length stops all", () => {
  const { rows, found } = rowsOf(
    listingOf({
      "App-3.0.exe": 9,
      "App-2.0.dmg": 9,
      "appcast.xml":
        appcast(`<item><enclosure url="App-3.0.exe" sparkle:version="3.0" sparkle:os="windows-x64" length="9"/></item>
        <item><enclosure url="App-2.0.dmg" sparkle:version="20" sparkle:shortVersionString="2.0" length="8"/></item>`),
    }),
  );
  expect(rows).toEqual(["3.0 full windows x64 exe App-3.0.exe"]);
  expect(found.faults.map(({ text }) => text)).toEqual([
    expect.stringContaining("App-2.0.dmg has 9 bytes, and appcast.xml says 8"),
  ]);
});

test("NetSparkle's name for an Ed25519 signature is read, and no DSA signature under it", () => {
  const dsa = Buffer.alloc(46, 5).toString("base64");
  const item = (name: string, signed: string) =>
    `<item><enclosure url="${name}" sparkle:version="3.0" sparkle:os="windows-x64" length="9" sparkle:signature="${signed}"/></item>`;
  const { found } = rowsOf(
    listingOf({
      "App-3.0.exe": 9,
      "App-3.0.msi": 9,
      "appcast.xml": appcast(item("App-3.0.exe", signature) + item("App-3.0.msi", dsa)),
    }),
  );
  expect(found.packages.map((one) => one.ed_signature)).toEqual([signature, undefined]);
});

test("XML that is no appcast is none", () => {
  const files = { "app-1.0.0-macos-x64.zip": 9, "appcast.xml": "<html><p>404" };
  expect(rowsOf(listingOf(files)).found.tools).toEqual(["file names"]);
});
