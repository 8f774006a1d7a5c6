import { basename } from "node:path";
import { humanSize } from "./output.ts";
import type { PackageFields, PublishOutcome } from "./publish-file.ts";

/** What came of publishing a file, for people. */
export function describe(file: string, fields: PackageFields, outcome: PublishOutcome): string {
  const { package_type, version, platform = "windows", arch = "x64" } = fields;
  const what = `${basename(file)} as ${package_type} ${version} for ${platform} ${arch}`;
  if (outcome.state === "verifying")
    return `Sent ${what}; the server is verifying it (${outcome.upload_id}).`;
  if (outcome.state === "held") {
    const software = fields.software === undefined ? "" : ` --software ${fields.software}`;
    return `Holds ${what}, until \`slipway release publish ${version}${software}\` publishes all of ${version}.`;
  }
  const { package_id, file_size, download_url } = outcome.result;
  return `Published ${what}: package ${package_id}, ${humanSize(file_size)}, ${download_url}`;
}

/** What came of publishing a file, for scripts: the server's own result and what this run did. */
export function toJson(
  file: string,
  { version, platform, arch }: PackageFields,
  outcome: PublishOutcome,
): Record<string, unknown> {
  const { state, resumed } = outcome;
  if (outcome.state !== "ready")
    return { file, state, resumed, version, platform, arch, upload_id: outcome.upload_id };
  return { file, state, resumed, platform, arch, ...outcome.result };
}
