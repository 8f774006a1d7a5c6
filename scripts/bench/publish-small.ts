import type { Target } from "./bench-stack.ts";

/** Publishes a full package of a few bytes by form and returns its download path. Throws when it is refused. */
export async function publishSmall(
  stack: Target,
  version: string,
  fileName = "package.zip",
): Promise<string> {
  const form = new FormData();
  form.set("version", version);
  form.set("package_type", "full");
  form.set("api_key", stack.settings.API_KEY ?? "");
  form.set("file", new Blob([`package ${version}`]), fileName);
  const answer = await fetch(`${stack.url}/api/v1/upload/package`, { method: "POST", body: form });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`publishing ${version}: ${answer.status} ${text}`);
  return (JSON.parse(text) as { download_url: string }).download_url;
}
