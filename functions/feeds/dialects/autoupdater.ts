import { parseVersion, type Version } from "../../kit/versions.ts";
import { xmlDocument } from "../../kit/xml.ts";
import { filesFor, type FeedFile, type FeedRelease } from "../feed-releases.ts";

/** The formats that AutoUpdater.NET starts or unpacks. */
const FORMATS = ["exe", "msi", "zip"];

/** The largest number that a version of .NET has. */
const MAX_NUMBER = 2 ** 31 - 1;

/**
 * The answer where there is no update. AutoUpdater.NET takes anything but an item with version and address for the answer of
 * a broken server, and tells its user so.
 * @param url of the feed, which stands for a file
 */
export const renderNoUpdate = (url: string): string =>
  xmlDocument({
    name: "item",
    content: [
      { name: "version", content: "0.0.0.0" },
      { name: "url", content: url },
      { name: "mandatory", content: "false" },
    ],
  });

/**
 * AutoUpdater.NET's `update.xml` of the newest release that has a package for Windows. Left out are pre-releases and larger
 * numbers than .NET's, which its versions cannot say.
 * @param urls return the address of a file and of a version's notes
 * @returns null where there is no such release
 */
export function renderAutoUpdater(
  releases: readonly FeedRelease[],
  arches: readonly FeedFile["arch"][],
  urls: { file: (fileName: string) => string; notes: (version: string) => string },
): string | null {
  for (const release of releases) {
    const [file] = filesFor(release, arches, FORMATS);
    const version = parseVersion(release.version);
    if (!file || !version || version.prerelease.length > 0) continue;
    if (version.numbers.some((number) => number > MAX_NUMBER)) continue;
    return xmlDocument({
      name: "item",
      content: [
        { name: "version", content: numbersOf(version) },
        { name: "url", content: urls.file(file.fileName) },
        { name: "changelog", content: urls.notes(release.version) },
        { name: "mandatory", content: String(file.isCritical) },
        { name: "checksum", attributes: { algorithm: "SHA256" }, content: file.sha256 },
        file.installerArgs ? { name: "args", content: file.installerArgs } : null,
      ],
    });
  }
  return null;
}

/** For .NET 2.1.0.0 is above 2.1.0, and an app may say either of itself: with a last number it would be offered what it is. */
const numbersOf = ({ numbers }: Version) => numbers.join(".").replace(/^(\d+\.\d+\.\d+)\.0$/, "$1");
