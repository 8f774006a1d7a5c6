import { asDevice } from "../../kit/commands/device-id.ts";
import { curl, type Command } from "../../kit/shell.ts";
import { t } from "./texts.ts";

/** What a snippet is made of. `server` is without a slash at its end. */
export type Target = { server: string; software: string; channel: string; platform: string; arch: string };

export type ClientGuide = {
  id: string;
  name: () => string;
  /** The file or the place in the code. */
  where: string;
  snippet: (target: Target) => string | Command;
  publish: () => string;
  /** What stands above the snippet where nothing is changed at a place. */
  title?: () => string;
  /** What the address names. */
  hasPlatform?: boolean;
  hasArch?: boolean;
};

const feed = ({ server, software }: Target, rest: string) => `${server}/feeds/${software}/${rest}`;
/** Stable is what a feed gives where nothing else is asked for. */
const ofChannel = ({ channel }: Target) =>
  channel === "" || channel === "stable" ? "" : `?channel=${encodeURIComponent(channel)}`;
const isOther = ({ channel }: Target) => channel !== "" && channel !== "stable";

/** The update clients that feeds are made for, and what each changes. */
export const clients: readonly ClientGuide[] = [
  {
    id: "electron-updater",
    name: () => "electron-updater",
    where: "electron-builder.yml",
    snippet: (target) =>
      [
        "publish:",
        "  provider: generic",
        `  url: ${feed(target, "electron")}`,
        ...(isOther(target) ? [`  channel: ${target.channel}`] : []),
      ].join("\n"),
    publish: () => t("electron"),
  },
  {
    id: "tauri",
    name: () => "Tauri 2",
    where: "tauri.conf.json",
    snippet: (target) =>
      JSON.stringify(
        {
          plugins: {
            updater: {
              endpoints: [
                `${feed(target, "tauri/{{target}}/{{arch}}/{{current_version}}")}${ofChannel(target)}`,
              ],
              pubkey: "...",
            },
          },
        },
        null,
        2,
      ),
    publish: () => t("bundles"),
  },
  {
    id: "cargo-packager",
    name: () => "cargo-packager",
    where: "cargo_packager_updater::Config",
    snippet: (target) =>
      `endpoints: vec!["${feed(target, "tauri/{{target}}/{{arch}}/{{current_version}}")}${ofChannel(target)}".parse()?],`,
    publish: () => t("bundles"),
  },
  {
    id: "velopack",
    name: () => "Velopack",
    where: "Program.cs",
    snippet: (target) => `var updates = new UpdateManager("${feed(target, "velopack")}");`,
    publish: () => t("nupkg"),
  },
  {
    id: "autoupdater-net",
    name: () => "AutoUpdater.NET",
    where: "Program.cs",
    hasPlatform: true,
    hasArch: true,
    snippet: (target) =>
      `AutoUpdater.Start("${feed(target, `autoupdater/${target.platform}-${target.arch}.xml`)}${ofChannel(target)}");`,
    publish: () => t("installers"),
  },
  {
    id: "squirrel-mac",
    name: () => "Electron autoUpdater (macOS)",
    where: "main.js",
    hasArch: true,
    snippet: (target) =>
      `autoUpdater.setFeedURL({\n  url: "${feed(target, `squirrel/darwin-${target.arch}/`)}" + app.getVersion()${
        ofChannel(target) && ` + "${ofChannel(target)}"`
      },\n});`,
    publish: () => t("zip"),
  },
  {
    id: "squirrel-windows",
    name: () => "Squirrel.Windows",
    where: "Program.cs",
    hasArch: true,
    snippet: (target) =>
      `new UpdateManager("${feed(target, `squirrel/windows-${target.arch}`)}${ofChannel(target)}");`,
    publish: () => t("nupkg"),
  },
  {
    id: "sparkle",
    name: () => "Sparkle, WinSparkle, NetSparkle",
    where: "Info.plist",
    hasPlatform: true,
    hasArch: true,
    snippet: (target) =>
      `<key>SUFeedURL</key>\n<string>${feed(target, `sparkle/${target.platform}-${target.arch}/appcast.xml`)}${ofChannel(target)}</string>`,
    publish: () => t("signed"),
  },
  {
    id: "aria2",
    name: () => "aria2, Metalink",
    where: "shell",
    title: () => t("run"),
    hasPlatform: true,
    hasArch: true,
    snippet: (target) =>
      `aria2c "${feed(target, `files/${target.software}-v1.0.0-full-${target.platform}-${target.arch}.zip.meta4`)}"`,
    publish: () => t("anything"),
  },
  {
    id: "own",
    name: () => t("own"),
    where: "HTTP",
    title: () => t("ask"),
    hasPlatform: true,
    hasArch: true,
    snippet: (target) => {
      const query = new URLSearchParams({
        software: target.software,
        current_version: "1.0.0",
        platform: target.platform,
        arch: target.arch,
        ...(target.channel && { channel: target.channel }),
      });
      const url = `${target.server}/api/v1/version/check?${query}&device_id=$device`;
      return asDevice(target.software, curl(url));
    },
    publish: () => t("anything"),
  },
];
