import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { renderAutoUpdater, renderNoUpdate } from "../../functions/feeds/dialects/autoupdater.ts";
import { renderMetalink } from "../../functions/feeds/dialects/metalink.ts";
import { renderAppcast } from "../../functions/feeds/dialects/sparkle.ts";
import type { FeedFile, FeedRelease } from "../../functions/feeds/feed-releases.ts";
import { file, release, urlOf } from "./feed-data.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  isArray: (name) => name === "item",
});

function parse(xml: string | null): unknown {
  expect(XMLValidator.validate(xml ?? "")).toBe(true);
  return parser.parse(xml ?? "");
}

describe("AutoUpdater.NET", () => {
  const urls = { file: urlOf, notes: (version: string) => `https://updates.test/notes/${version}.md` };
  const item = (releases: FeedRelease[]) => parse(renderAutoUpdater(releases, ["x64", "universal"], urls));

  test("is told of the newest installer", () => {
    const exe = file({ format: "exe", isCritical: true, installerArgs: '/S "a & b"' });
    const told = {
      version: "2.1.0",
      url: "https://updates.test/app.exe",
      changelog: "https://updates.test/notes/2.1.0.md",
      mandatory: "true",
      checksum: { "#text": "b2".repeat(32), "@_algorithm": "SHA256" },
      args: '/S "a & b"',
    };
    expect(item([release("2.1.0", [exe]), release("1.0.0", [exe])])).toHaveProperty("item", [told]);
  });

  test("is told numbers alone, up to four, and no pre-release", () => {
    const files = [file({ format: "zip" })];
    expect(item([release("3.0.0-beta.1", files), release("2.1.0.7", files)])).toMatchObject({
      item: [{ version: "2.1.0.7", mandatory: "false" }],
    });
    expect(renderAutoUpdater([release("3.0.0-beta.1", files)], ["x64"], urls)).toBeNull();
    expect(renderAutoUpdater([release("3.0.0", [file({ format: "deb" })])], ["x64"], urls)).toBeNull();
  });

  test("is told of no version whose numbers .NET cannot hold", () => {
    const files = [file({ format: "zip" })];
    expect(item([release("202611291030.0.0", files), release("2147483647.0.0", files)])).toMatchObject({
      item: [{ version: "2147483647.0.0" }],
    });
  });

  test("reads that there is nothing as the version 0.0.0.0, with an address, without which it complains", () => {
    const url = "https://updates.test/feeds/omega/autoupdater/windows-x64.xml?key=a&b";
    expect(parse(renderNoUpdate(url))).toMatchObject({
      item: [{ version: "0.0.0.0", url, mandatory: "false" }],
    });
  });
});

describe("an appcast", () => {
  const edSignature = Buffer.alloc(64, 9).toString("base64");
  const signed = (format: string, more: Partial<FeedFile> = {}) => file({ format, edSignature, ...more });
  type Rss = {
    rss: { "@_version": string; "@_xmlns:sparkle": string; channel: { title: string; item?: Item[] } };
  };
  type Item = Record<string, unknown>;
  const appcast = (releases: FeedRelease[], platform = "macos") =>
    (
      parse(
        renderAppcast(releases, { platform, arches: ["x64", "universal"] }, { title: "A & B", urlOf }),
      ) as Rss
    ).rss;
  const items = (releases: FeedRelease[], platform?: string) =>
    appcast(releases, platform).channel.item ?? [];

  test("is RSS with Sparkle's names", () => {
    const rss = appcast([]);
    expect(rss).toMatchObject({
      "@_version": "2.0",
      "@_xmlns:sparkle": "http://www.andymatuschak.org/xml-namespaces/sparkle",
      channel: { title: "A & B" },
    });
    expect(rss.channel.item).toBeUndefined();
  });

  test("has an item for each signed release, newest first", () => {
    const zip = signed("zip", { buildNumber: "2045", minOsVersion: "12.3", isCritical: true });
    const [newest, older, ...more] = items([
      release("2.0.0-beta.1", [zip], { channel: "beta", notes: "- a <b> ]]>\n- c" }),
      release("1.5.0", [file({ format: "zip" })]),
      release("1.0.0", [signed("dmg")]),
    ]);
    expect(more).toEqual([]);
    expect(newest).toEqual({
      title: "2.0.0-beta.1",
      pubDate: "Thu, 05 Nov 2026 07:08:09 GMT",
      "sparkle:version": "2045",
      "sparkle:shortVersionString": "2.0.0-beta.1",
      "sparkle:channel": "beta",
      "sparkle:minimumSystemVersion": "12.3",
      "sparkle:criticalUpdate": "",
      description: { "#text": "- a <b> ]]>\n- c", "@_sparkle:format": "markdown" },
      enclosure: {
        "@_url": "https://updates.test/app.zip",
        "@_length": "1000",
        "@_type": "application/zip",
        "@_sparkle:os": "macos",
        "@_sparkle:edSignature": edSignature,
      },
    });
    // Without a number of a build, the version is what is counted by; stable ones have no channel.
    expect(older).toMatchObject({ "sparkle:version": "1.0.0", title: "1.0.0" });
    for (const name of ["sparkle:channel", "sparkle:criticalUpdate", "description"])
      expect(older).not.toHaveProperty(name);
  });

  test("has what each system opens, and an installer's arguments", () => {
    const files = [signed("zip"), signed("exe", { installerArgs: "/SILENT" }), signed("deb")];
    const enclosure = (platform: string) => items([release("1.0.0", files)], platform)[0]?.enclosure;
    expect(enclosure("windows")).toMatchObject({
      "@_type": "application/vnd.microsoft.portable-executable",
      "@_sparkle:installerArguments": "/SILENT",
      "@_sparkle:os": "windows",
    });
    expect(enclosure("linux")).toMatchObject({ "@_url": "https://updates.test/app.deb" });
    expect(enclosure("macos")).toMatchObject({ "@_url": "https://updates.test/app.zip" });
    expect(enclosure("android")).toBeUndefined();
  });
});

describe("a Metalink", () => {
  const described = { fileName: "a&b.zip", size: 7, sha1: "", sha256: "b2".repeat(32), sha512: "" };

  test("names the file with its hashes and where it is", () => {
    const written = renderMetalink(
      { ...described, sha512: "c3".repeat(64) },
      "https://updates.test/?a=1&b=2",
    );
    expect(parse(written)).toHaveProperty("metalink", {
      "@_xmlns": "urn:ietf:params:xml:ns:metalink",
      file: {
        "@_name": "a&b.zip",
        size: "7",
        hash: [
          { "@_type": "sha-256", "#text": "b2".repeat(32) },
          { "@_type": "sha-512", "#text": "c3".repeat(64) },
        ],
        url: "https://updates.test/?a=1&b=2",
      },
    });
  });

  test("has no hash that is still taken", () => {
    expect(renderMetalink(described, "https://updates.test/")).not.toContain("sha-512");
  });
});
