import { expect } from "vitest";
import {
  beginUpload,
  complete,
  newBytes,
  putAll,
  untilSettled,
  type PackageFields,
  type Published,
} from "../support/publish.ts";
import type { TestStack } from "../support/stack.ts";

/** What updaters are told beside the bytes. */
type Facts = {
  signature?: string;
  ed_signature?: string;
  build_number?: string;
  min_os_version?: string;
  installer_args?: string;
};

/** Publishes a file whose name says its format. */
export async function publishFile(
  stack: TestStack,
  filename: string,
  fields: PackageFields & Facts,
  bytes: Uint8Array<ArrayBuffer> = newBytes(),
): Promise<Published & { fileName: string }> {
  const upload = await beginUpload(stack, bytes, fields, { filename });
  const parts = await putAll(upload, bytes);
  const sent = await complete(stack, upload, upload.method === "multipart" ? { parts } : {});
  expect([200, 202], sent.text).toContain(sent.status);
  const { result, error } = await untilSettled(stack, upload);
  if (!result) throw new Error(`the upload was not published: ${error}`);
  return { ...result, fileName: result.download_url.split("/").at(-1) ?? "" };
}

/** A file by its content, and the answer that led there. */
export async function fetchFile(stack: TestStack, path: string) {
  const redirect = await stack.request(path);
  expect(redirect.status, redirect.text).toBe(302);
  const response = await fetch(redirect.headers.get("location") ?? "");
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}
