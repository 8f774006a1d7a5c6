import { expect, test, vi } from "vitest";
import {
  beginUpload,
  complete,
  newBytes,
  newSoftware,
  ofUpload,
  packageForm,
  publishSigned,
  putWrong,
  sendForm,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

/** Everything the Worker has logged up to an answer that was given now. */
async function logSoFar(): Promise<string> {
  const { headers } = await stack.request("/api/v1/packages?limit=0");
  const mark = headers.get("x-request-id") ?? "none";
  let text = "";
  await vi.waitFor(async () => {
    text = (await stack.logs()).map((line) => JSON.stringify(line)).join("\n");
    expect(text).toContain(mark);
  });
  return text;
}

test("no key, signature or token is ever logged, wherever it was sent and whatever came of it", async () => {
  const created = await stack.request<{ key: string }>("/api/v1/api-keys", {
    json: { name: "redaction", scopes: ["packages:write"] },
    asPublisher: true,
  });
  const wrong = `wrong-${newSoftware()}-${newSoftware()}`;
  const form = (key?: string, version = "1.0.0") =>
    packageForm({ software: newSoftware(), version, package_type: "full", api_key: key });

  for (const key of [created.body.key, stack.apiKey, wrong]) {
    const query = `?${new URLSearchParams({ api_key: key })}`;
    const headers: Record<string, string>[] = [{ "x-api-key": key }, { authorization: `Bearer ${key}` }];
    for (const version of ["1.0.0", "not a version"]) {
      await sendForm(stack, form(key, version));
      await stack.request(`/api/v1/upload/package${query}`, { body: form(undefined, version) });
      for (const header of headers) await sendForm(stack, form(undefined, version), { headers: header });
    }
    for (const path of [
      "/api/v1/packages/0/yank",
      "/api/v1/uploads",
      "/api/v1/storage/cleanup",
      "/nowhere",
    ]) {
      await stack.request(`${path}${query}`, { method: "POST" });
      await stack.request(`${path}${query.replace("api_key", "API_KEY")}`, { method: "POST" });
      for (const header of headers) await stack.request(path, { method: "POST", headers: header });
    }
    await stack.request(`/api/v1/version/check${query}`);
    const raw = { "content-type": "multipart/form-data; boundary=x" };
    const broken = `--x\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n${key}`;
    await stack.request("/api/v1/upload/package", { headers: raw, body: broken });
    const json = { "content-type": "application/json" };
    await stack.request("/api/v1/uploads", { headers: json, body: `{"package":{"api_key":"${key}"` });
  }

  const bytes = newBytes();
  const upload = await beginUpload(stack, bytes, { software: newSoftware(), version: "1.0.0" });
  await ofUpload(stack, upload, "", { headers: { authorization: `Bearer ${upload.upload_token}x` } });
  await ofUpload(stack, upload, "/parts", { json: { part_numbers: [9] } });
  await stack.request(`/api/v1/uploads/${upload.upload_id}?upload_token=${upload.upload_token}`);
  await putWrong(stack, upload, newBytes(bytes.length));
  await complete(stack, upload);
  const { download_url } = await publishSigned(stack, { software: newSoftware(), version: "1.0.0" });
  const location = new URL((await stack.request(download_url)).headers.get("location") ?? "", stack.url);

  const log = await logSoFar();
  expect(log).toContain(`"status":400`);
  expect(log).toContain("[redacted]");
  const secrets = {
    "created key": created.body.key,
    "first key": stack.apiKey,
    "wrong key": wrong,
    "upload token": upload.upload_token,
    "upload signature": new URL(upload.parts[0]?.url ?? "").searchParams.get("X-Amz-Signature"),
    "download signature": location.searchParams.get("X-Amz-Signature"),
    "bucket secret": stack.settings.S3_SECRET_ACCESS_KEY,
    "bucket key id": stack.settings.S3_ACCESS_KEY_ID,
    "token secret": stack.settings.JWT_SECRET,
    "database token": stack.settings.LIBSQL_AUTH_TOKEN,
  };
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret, name).toBeTruthy();
    expect(log.includes(String(secret)), `the ${name} is in the log`).toBe(false);
  }
});

test("a request's line can be found by the id of its answer, and says what happened", async () => {
  const { headers } = await stack.request("/api/v1/packages?platform=beos&limit=3");
  const id = headers.get("x-request-id");
  const line = await vi.waitFor(async () => {
    const found = (await stack.logs()).find((entry) => entry.request_id === id);
    if (!found) throw new Error("not logged yet");
    return found;
  });
  expect(line).toMatchObject({
    level: "info",
    event: "request",
    method: "GET",
    path: "/api/v1/packages",
    status: 400,
    query: { platform: "beos", limit: "3" },
    ms: expect.any(Number),
  });
});
