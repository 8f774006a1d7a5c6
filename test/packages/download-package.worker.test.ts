import { expect, test, vi } from "vitest";
import {
  expectProblem,
  listed,
  newBytes,
  newSoftware,
  publish,
  publishSigned,
  sha256Of,
} from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();

const published = async (size = 1000) => {
  const [software, bytes] = [newSoftware(), newBytes(size)];
  const { download_url: path } = await publish(stack, { software, version: "2.2.5" }, bytes);
  return { software, bytes, path, name: `${software}-v2.2.5-full-windows-x64.zip` };
};

async function locationOf(path: string): Promise<string> {
  const answer = await stack.request(path);
  expect(answer.status, answer.text).toBe(302);
  return new URL(answer.headers.get("location") ?? "", stack.url).href;
}

test("a download redirects to the bytes, under their documented name", async () => {
  const { path, bytes, name } = await published();
  const redirect = await stack.request(path);
  expect(redirect.status).toBe(302);
  expect(redirect.headers.get("cache-control")).toBe("no-store");
  const response = await fetch(new URL(redirect.headers.get("location") ?? "", stack.url));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
  expect(response.headers.get("content-length")).toBe("1000");
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
});

test("what was uploaded through a signed URL downloads under its documented name too", async () => {
  const [software, bytes] = [newSoftware(), newBytes()];
  const { download_url } = await publishSigned(stack, { software, version: "1.0.0" }, bytes);
  const response = await fetch(await locationOf(download_url));
  expect(response.headers.get("content-disposition")).toBe(
    `attachment; filename="${software}-v1.0.0-full-windows-x64.zip"`,
  );
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
});

test("an interrupted download goes on where it stopped", async () => {
  const { path, bytes } = await published();
  const first = await fetch(await locationOf(path), { headers: { range: "bytes=0-399" } });
  expect(first.status).toBe(206);
  expect(first.headers.get("content-range")).toBe("bytes 0-399/1000");
  const start = Buffer.from(await first.arrayBuffer());
  const headers = { range: "bytes=400-", "if-range": first.headers.get("etag") ?? "" };
  const rest = await fetch(await locationOf(path), { headers });
  expect(rest.status).toBe(206);
  expect(new Uint8Array(Buffer.concat([start, Buffer.from(await rest.arrayBuffer())]))).toEqual(bytes);
});

test("HEAD answers size, type, name and SHA-256 without a redirect", async () => {
  const { path, bytes, name } = await published(1234);
  const { status, headers, text } = await stack.request(path, { method: "HEAD" });
  expect({ status, text }).toEqual({ status: 200, text: "" });
  const sha256 = sha256Of(bytes);
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-length": "1234",
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${name}"`,
    "x-checksum-sha256": sha256,
    "repr-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
    "accept-ranges": "bytes",
  });
});

test("what is not there is not found, asked for with GET or HEAD", async () => {
  const { path, name } = await published();
  const wrong = [
    path.replace("2.2.5", "2.2.6"),
    path.replace("/full/", "/patches/"),
    path.replace(name, "nothing.zip"),
    "/downloads/full/2.2.5/..%2f..%2fsecret",
    "/downloads/full/2.2.5/%00",
  ];
  for (const other of wrong) {
    expectProblem(await stack.request(other), 404, "PACKAGE_NOT_FOUND");
    expect((await stack.request(other, { method: "HEAD" })).status, other).toBe(404);
  }
});

test("a folder that is none is not found", async () => {
  const { path } = await published();
  expectProblem(await stack.request(path.replace("/full/", "/half/")), 404, "PACKAGE_NOT_FOUND");
});

test("a file that was just fetched is not found in another version's or type's folder", async () => {
  const { path } = await published();
  await locationOf(path);
  const version = path.replace("/full/2.2.5/", "/full/9.9.9/");
  expectProblem(await stack.request(version), 404, "PACKAGE_NOT_FOUND");
  expectProblem(await stack.request(path.replace("/full/", "/patches/")), 404, "PACKAGE_NOT_FOUND");
});

test("a signed URL opens this object alone, and only as it was signed", async () => {
  const [a, b] = [await published(), await published()];
  const [locationA, locationB] = [new URL(await locationOf(a.path)), new URL(await locationOf(b.path))];
  const other = new URL(locationA);
  other.pathname = locationB.pathname;
  const longer = new URL(locationA);
  longer.searchParams.set("X-Amz-Expires", "604800");
  const renamed = new URL(locationA);
  renamed.searchParams.set("response-content-disposition", "inline");
  for (const url of [other, longer, renamed]) expect((await fetch(url)).status).toBe(403);
  expect((await fetch(locationA, { method: "DELETE" })).status).toBe(403);
  expect((await fetch(locationA, { method: "PUT", body: "x" })).status).toBe(403);
  expect(Number(locationA.searchParams.get("X-Amz-Expires"))).toBeGreaterThanOrEqual(3 * 3600);
});

test("every download is counted, however many come at once; HEAD, conditions and what goes on with one are not", async () => {
  const { software, path } = await published();
  const location = await locationOf(path);
  const rounds = Array.from({ length: 8 }, async () => {
    for (let download = 0; download < 25; download++) await locationOf(path);
  });
  await Promise.all(rounds);
  await stack.request(path, { method: "HEAD" });
  await fetch(location, { headers: { range: "bytes=0-0" } });
  const others: Record<string, string>[] = [
    { range: "bytes=400-" },
    { range: "bytes=-100" },
    { range: "bytes=0-", "if-match": '"tag"' },
    { "if-none-match": '"tag"' },
    { "if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT" },
  ];
  for (const headers of others) expect((await stack.request(path, { headers })).status).toBe(302);
  expect((await stack.request(path, { headers: { range: "bytes=0-399" } })).status).toBe(302);
  const counted = async () => (await listed(stack, software))[0]?.download_count;
  await vi.waitFor(async () => {
    await stack.runCron("* * * * *");
    expect(await counted()).toBe(202);
  });
  await stack.runCron("* * * * *");
  expect(await counted()).toBe(202);
});
