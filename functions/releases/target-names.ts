import { z } from "zod";
import { arches, packageTypes, platforms } from "../../schema/packages.ts";

/** What programs call the platforms and archs of packages: process.platform, uname, Rust and .NET. */
const platformNames: Readonly<Record<string, (typeof platforms)[number]>> = {
  win: "windows",
  win32: "windows",
  win64: "windows",
  darwin: "macos",
  mac: "macos",
  macosx: "macos",
  osx: "macos",
};
const archNames: Readonly<Record<string, (typeof arches)[number]>> = {
  amd64: "x64",
  x86_64: "x64",
  "x86-64": "x64",
  ia32: "x86",
  i386: "x86",
  i686: "x86",
  aarch64: "arm64",
  armhf: "armv7",
  armv7l: "armv7",
};

/** A text in the spelling in which names are stored. What is not a text is left to the schema that follows. */
const spelled =
  (names: Readonly<Record<string, string>> = {}) =>
  (given: unknown) => {
    if (typeof given !== "string") return given;
    const name = given.trim().toLowerCase();
    return Object.hasOwn(names, name) ? names[name] : name;
  };

/** Names of platforms, archs and types as clients write them: in any case, and by the names that their own platform uses. */
export const givenPlatform = z.preprocess(spelled(platformNames), z.enum(platforms));
export const givenArch = z.preprocess(spelled(archNames), z.enum(arches));
export const givenPackageType = z.preprocess(spelled(), z.enum(packageTypes));

/** The same where a client may ask for all of them at once. */
export const givenPlatformOrAll = z.preprocess(spelled(platformNames), z.enum([...platforms, "all"]));
export const givenArchOrAll = z.preprocess(spelled(archNames), z.enum([...arches, "all"]));
