import type { z } from "zod";
import { count, GIB, list } from "../core/setting-types.ts";

/** The default of MAX_PACKAGE_BYTES: 50 GiB. */
export const MAX_PACKAGE_BYTES = 50 * GIB;

export const packageSettings = {
  MAX_PACKAGE_BYTES: count(MAX_PACKAGE_BYTES, 1).describe("the largest package by signed upload"),
  PACKAGE_EXTENSIONS: list(
    ".zip .7z .tar.gz .tgz .exe .msi .msix .dmg .pkg .deb .rpm .AppImage .nupkg .apk .app.tar.gz .AppImage.tar.gz .nsis.zip .msi.zip .pacman .flatpak .snap",
  ).describe("the file types taken"),
  KEEP_FULL: count(3, 1).describe(
    "full packages that cleanup keeps for each platform and arch, releases and pre-releases counted apart",
  ),
  KEEP_PATCH: count(10).describe("patches that it keeps"),
  KEEP_HOTFIX: count(20).describe("hotfixes that it keeps"),
};

type Values = z.infer<z.ZodObject<typeof packageSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}
