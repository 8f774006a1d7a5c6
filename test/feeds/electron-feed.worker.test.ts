import { describe, expect, test } from "vitest";
import { objectKeyOf, putObject } from "../support/behind.ts";
import { readByteRanges } from "../support/byteranges.ts";
import { publishBuild, type BuiltFile } from "../support/electron/files.ts";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, listed, newBytes, newSoftware, sha256Of } from "../support/publish.ts";
import { release, sendDraft } from "../support/releases.ts";
import { sharedStack, type RequestOptions } from "../support/stack.ts";

const stack = sharedStack();

const feed = (software: string, name: string, options: RequestOptions = {}) =>
  stack.request(`/feeds/${software}/electron/${name}`, options);
const versionOf = async (software: string, name = "latest.yml") =>
  ((await feed(software, name)).body as { version: string } | null)?.version;
const nameOf = (software: string, version = "1.0.0") => `${software}-v${version}-full-windows-x64.exe`;
const exe = (more: Partial<BuiltFile> = {}): BuiltFile => ({
  filename: "Setup.exe",
  platform: "windows",
  bytes: newBytes(20_000),
  ...more,
});

async function released(version = "1.0.0", file = exe()) {
  const software = newSoftware();
  await publishBuild(stack, software, version, [file]);
  return { software, bytes: file.bytes, name: nameOf(software, version) };
}

describe("the feed", () => {
  test("may be repeated for a moment, and asked for by its tag", async () => {
    const { software } = await released();
    const answer = await feed(software, "latest.yml?noCache=1jm8k");
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/yaml; charset=utf-8",
      "cache-control": "public, max-age=10",
      etag: expect.stringMatching(/^"[0-9a-f]{16}"$/),
    });
    const tag = answer.headers.get("etag") ?? "";
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const same = await feed(software, "latest.yml?noCache=1jm8l", { headers: { "if-none-match": known } });
      expect(same).toMatchObject({ status: 304, text: "" });
      expect(same.headers.get("etag")).toBe(tag);
    }
    await publishBuild(stack, software, "1.1.0", [exe()]);
    const next = await feed(software, "latest.yml", { headers: { "if-none-match": tag } });
    expect(next).toMatchObject({ status: 200, body: { version: "1.1.0" } });
  });

  test("answers HEAD as GET, without its text", async () => {
    const { software } = await released();
    const [whole, head] = [
      await feed(software, "latest.yml"),
      await feed(software, "latest.yml", { method: "HEAD" }),
    ];
    expect(head).toMatchObject({ status: 200, text: "" });
    for (const name of ["etag", "content-type", "cache-control"])
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
  });

  test("is of the software by its slug in any case, and by its akey", async () => {
    const { software } = await released();
    const { body } = await setVisibility(stack, software, "public");
    for (const name of [software.toUpperCase(), body.akey]) expect(await versionOf(name)).toBe("1.0.0");
  });

  test("falls back when its newest release is yanked, whose file is served on", async () => {
    const { software } = await released();
    const { bytes } = exe();
    await publishBuild(stack, software, "1.1.0", [exe({ bytes })]);
    expect(await versionOf(software)).toBe("1.1.0");
    expect((await release(stack, software, "1.1.0", "/yank", {})).status).toBe(200);
    expect(await versionOf(software)).toBe("1.0.0");
    const file = await feed(software, nameOf(software, "1.1.0"));
    expect(file.status).toBe(302);
    const answer = await fetch(file.headers.get("location") ?? "");
    expect(sha256Of(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256Of(bytes));
    expect((await feed(software, `${nameOf(software, "1.1.0")}.blockmap`)).status).toBe(302);
  });

  test("and its files know nothing of a release that is held", async () => {
    const { software } = await released();
    await sendDraft(stack, { software, version: "1.1.0" }, { filename: "Setup.exe" });
    await sendDraft(stack, { software, version: "1.1.0", platform: "macos" }, { filename: "Omega.zip" });
    expect(await versionOf(software)).toBe("1.0.0");
    expect(await versionOf(software, "alpha.yml")).toBe("1.0.0");
    expectProblem(await feed(software, "latest-mac.yml"), 404, "FEED_EMPTY");
    expectProblem(await feed(software, nameOf(software, "1.1.0")), 404, "PACKAGE_NOT_FOUND");
    expect((await release(stack, software, "1.1.0", "/publish", {})).status).toBe(200);
    expect(await versionOf(software)).toBe("1.1.0");
    expect(await versionOf(software, "latest-mac.yml")).toBe("1.1.0");
  });

  test("leaves out what a client cannot read", async () => {
    const { software } = await released();
    await publishBuild(stack, software, "2.0.0.1", [exe()]);
    expect(await versionOf(software)).toBe("1.0.0");
  });

  test.for(["latest-mac.yml", "latest-linux.yml", "latest-linux-arm64.yml", "beta-linux-arm.yml"])(
    "%s, for which nothing is published, is refused with a sentence",
    async (name) => {
      const { software } = await released();
      expectProblem(await feed(software, name), 404, "FEED_EMPTY");
    },
  );

  test.for(["latest-linux-riscv64.yml", "Latest.yml", "nothing.exe", "nothing.exe.blockmap", "%2e%2e%2fx"])(
    "%s is no feed and no file",
    async (name) => {
      const { software } = await released();
      expectProblem(await feed(software, name), 404, "PACKAGE_NOT_FOUND");
    },
  );

  test("of a channel that nobody has published to is that of releases", async () => {
    const { software } = await released();
    expect(await versionOf(software, "nightly.yml")).toBe("1.0.0");
  });

  test("of software that is not there, and its files, are refused", async () => {
    const software = newSoftware();
    expectProblem(await feed(software, "latest.yml"), 404, "FEED_EMPTY");
    for (const name of [nameOf(software), `${nameOf(software)}.blockmap`])
      expectProblem(await feed(software, name), 404, "PACKAGE_NOT_FOUND");
  });
});

describe("a file of the feed", () => {
  test("is a redirect to an absolute address, never kept", async () => {
    const { software, bytes, name } = await released();
    const answer = await feed(software, name);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const location = answer.headers.get("location") ?? "";
    expect(new URL(location).origin).toBe(stack.url);
    const file = await fetch(location);
    expect(file.headers.get("content-disposition")).toContain(name);
    expect(sha256Of(new Uint8Array(await file.arrayBuffer()))).toBe(sha256Of(bytes));
  });

  test("and its block map are described to HEAD", async () => {
    const { software, bytes, name } = await released();
    const head = await feed(software, name, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(Object.fromEntries(head.headers)).toMatchObject({
      "content-length": String(bytes.length),
      "content-type": "application/octet-stream",
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      "content-disposition": expect.stringContaining(name),
      "x-checksum-sha256": sha256Of(bytes),
    });
    const [listing] = (await listed(stack, software)) as unknown as { companions: { size: number }[] }[];
    const map = await feed(software, `${name}.blockmap`, { method: "HEAD" });
    expect(map.headers.get("content-length")).toBe(String(listing?.companions[0]?.size));
  });

  test("that is a companion is served, and gone with its package's", async () => {
    const { software, name } = await released();
    const redirect = await feed(software, `${name}.blockmap`);
    expect(redirect.status).toBe(302);
    const map = await fetch(redirect.headers.get("location") ?? "");
    expect(Buffer.from(await map.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expectProblem(await feed(software, `${name}.zsync`), 404, "PACKAGE_NOT_FOUND");
    const [listing] = await listed(stack, software);
    const path = `/api/v1/packages/${listing?.id}/companions/blockmap`;
    expect((await stack.request(path, { method: "DELETE", asPublisher: true })).status).toBe(200);
    expectProblem(await feed(software, `${name}.blockmap`), 404, "PACKAGE_NOT_FOUND");
    expect((await feed(software, name)).status).toBe(302);
  });

  test("is sent by several ranges as it is asked for", async () => {
    const { software, bytes, name } = await released();
    const response = await fetch(`${stack.url}/feeds/${software}/electron/${name}`, {
      headers: { range: "bytes=100-199,19990-,0-0" },
    });
    const body = new Uint8Array(await response.arrayBuffer());
    expect(response.status).toBe(206);
    expect(response.headers.get("content-length")).toBe(String(body.length));
    expect(response.headers.get("cache-control")).toBe("no-store");
    const parts = readByteRanges(response.headers.get("content-type") ?? "", body);
    expect(parts.map(({ start, end, size }) => [start, end, size])).toEqual([
      [100, 199, 20_000],
      [19_990, 19_999, 20_000],
      [0, 0, 20_000],
    ]);
    for (const part of parts)
      expect(part.bytes).toEqual(Buffer.from(bytes.subarray(part.start, part.end + 1)));
  });

  test("breaks off where the bucket has other bytes, and is not taken for whole", async () => {
    const { software, name } = await released();
    await putObject(stack, await objectKeyOf(stack, name), newBytes(10));
    const url = `${stack.url}/feeds/${software}/electron/${name}`;
    const response = await fetch(url, { headers: { range: "bytes=100-199,300-399" } });
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test.for([
    "bytes=0-9",
    "bytes=0-9,-5",
    "bytes=0-9,20000-",
    "bytes=9-0,1-2",
    "lines=1-2,3-4",
    `bytes=${Array.from({ length: 1001 }, (_, at) => `${at}-${at}`).join(",")}`,
  ])("is a redirect for %s", async (range) => {
    const { software, name } = await released();
    expect((await feed(software, name, { headers: { range } })).status).toBe(302);
  });
});

describe("private software", () => {
  test("has its key in the address of feed, file, block map and ranges, else 401, whatever is there", async () => {
    const { software, name } = await released();
    await setVisibility(stack, software, "private");
    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    const other = await newKey(stack, ["packages:read"], { software: [newSoftware()] });
    const ranges = { headers: { range: "bytes=0-9,20-29" } };
    const there: [string, RequestOptions, number][] = [
      ["latest.yml", {}, 200],
      [name, {}, 302],
      [name, { method: "HEAD" }, 200],
      [name, ranges, 206],
      [`${name}.blockmap`, {}, 302],
    ];
    for (const [path, options, status] of there) {
      const answer = await feed(software, `${path}?key=${key}`, options);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get("cache-control")).toMatch(/private|no-store/);
    }
    const absent = [
      "beta-mac.yml",
      "latest-linux.yml",
      nameOf(software, "9.0.0"),
      `${name}.zsync`,
      "nothing.exe",
    ];
    for (const path of [...there.map(([name_]) => name_), ...absent])
      for (const query of ["", `?key=${other.key}`, "?key=slw_nobodys"])
        expectProblem(await feed(software, path + query), 401, "INVALID_API_KEY");
    expectProblem(await feed(software, name, ranges), 401, "INVALID_API_KEY");
  });
});
