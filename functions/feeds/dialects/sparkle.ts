import { xmlDocument, type Element } from "../../kit/xml.ts";
import { filesFor, notesOf, type FeedFile, type FeedRelease } from "../feed-releases.ts";

const NAMESPACE = "http://www.andymatuschak.org/xml-namespaces/sparkle";

/** The formats that the updaters of this family open, the most usual first. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  macos: ["zip", "dmg", "tar.gz", "app.tar.gz", "pkg"],
  windows: ["exe", "msi", "zip"],
  linux: ["appimage", "tar.gz", "deb", "rpm", "zip"],
};

const types: Readonly<Record<string, string>> = {
  zip: "application/zip",
  dmg: "application/x-apple-diskimage",
  pkg: "application/x-newton-compatible-pkg",
  exe: "application/vnd.microsoft.portable-executable",
  msi: "application/x-msi",
};

/**
 * An appcast (Sparkle 2, WinSparkle, NetSparkle): RSS with an item for each release that has a signed package, newest
 * first. A package without a build number gets its version as its number, as these updaters expect.
 * @param title of the software
 */
export function renderAppcast(
  releases: readonly FeedRelease[],
  feed: { platform: string; arches: readonly FeedFile["arch"][] },
  { title, urlOf }: { title: string; urlOf: (fileName: string) => string },
): string {
  const items = releases.flatMap((release) => {
    const formats = FORMATS[feed.platform] ?? [];
    const file = filesFor(release, feed.arches, formats).find(({ edSignature }) => edSignature !== null);
    return file ? [itemOf(release, file, feed.platform, urlOf)] : [];
  });
  return xmlDocument({
    name: "rss",
    attributes: { version: "2.0", "xmlns:sparkle": NAMESPACE },
    content: [{ name: "channel", content: [{ name: "title", content: title }, ...items] }],
  });
}

function itemOf(
  release: FeedRelease,
  file: FeedFile,
  platform: string,
  urlOf: (fileName: string) => string,
): Element {
  const notes = notesOf(release);
  return {
    name: "item",
    content: [
      { name: "title", content: release.version },
      { name: "pubDate", content: new Date(release.releasedAt).toUTCString() },
      { name: "sparkle:version", content: file.buildNumber ?? release.version },
      { name: "sparkle:shortVersionString", content: release.version },
      release.channel === "stable" ? null : { name: "sparkle:channel", content: release.channel },
      file.minOsVersion ? { name: "sparkle:minimumSystemVersion", content: file.minOsVersion } : null,
      file.isCritical ? { name: "sparkle:criticalUpdate" } : null,
      notes ? { name: "description", attributes: { "sparkle:format": "markdown" }, content: notes } : null,
      {
        name: "enclosure",
        attributes: {
          url: urlOf(file.fileName),
          length: file.size,
          type: types[file.format] ?? "application/octet-stream",
          "sparkle:os": platform,
          "sparkle:installerArguments": file.installerArgs,
          "sparkle:edSignature": file.edSignature,
        },
      },
    ],
  };
}
