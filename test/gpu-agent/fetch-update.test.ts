import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BadPackage, fetchUpdate } from "../../scripts/gpu-agent/update/fetch-update.ts";
import { openUpdateState } from "../../scripts/gpu-agent/update/state.ts";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const { signal } = new AbortController();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-fetch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A tarball with one file, as npm writes it. */
function tarball(name: string, content: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(content.length.toString(8).padStart(11, "0"), 124);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return gzipSync(Buffer.concat([head, body, Buffer.alloc(1024)]));
}
const agent = tarball("package/slipway-agent.mjs", "console.log(1);");

/** A server that says this SHA-256 of a package, and redirects to these bytes. */
async function withServer<T>(
  told: string | undefined,
  bytes: Uint8Array,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const http = createServer((request, response) => {
    if (request.method === "HEAD")
      response.writeHead(200, told === undefined ? {} : { "x-checksum-sha256": told });
    else if (request.url === "/package") response.writeHead(302, { location: "/bucket?signed=1" });
    else response.writeHead(200).write(bytes);
    response.end();
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  try {
    return await work(`http://127.0.0.1:${(http.address() as AddressInfo).port}/package`);
  } finally {
    http.closeAllConnections();
    http.close();
  }
}
const fetched = (told: string | undefined, bytes: Uint8Array) =>
  withServer(told, bytes, (url) => fetchUpdate(url, join(folder, "1.0.0", "program.mjs"), signal));

describe("a package", () => {
  test("whose bytes are those that the server says is unpacked", async () => {
    expect(await fetched(sha256(agent), agent)).toBe(sha256("console.log(1);"));
    expect(await readFile(join(folder, "1.0.0", "program.mjs"), "utf8")).toBe("console.log(1);");
  });

  const other = tarball("package/slipway-agent.mjs", "console.log(2);");
  const zip = Buffer.from("PK no tarball");
  const elsewhere = tarball("slipway-agent.mjs", "console.log(1);");
  const broken = gzipSync(Buffer.from("a".repeat(600)));
  test.each([
    ["of other bytes", sha256(agent), other, /SHA-256 does not match/],
    ["cut short", sha256(agent), agent.subarray(0, -9), /SHA-256 does not match/],
    ["that is no tarball", sha256(zip), zip, /cannot be unpacked/],
    ["without an agent in it", sha256(elsewhere), elsewhere, /no tarball with package\/slipway-agent.mjs/],
    ["of a tarball that is broken", sha256(broken), broken, /no tarball with/],
  ])("%s is refused, and nothing of it is kept", async (_what, told, bytes, why) => {
    const error: unknown = await fetched(told, bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadPackage);
    expect((error as Error).message).toMatch(why);
    expect(existsSync(join(folder, "1.0.0"))).toBe(false);
  });

  test("of which no SHA-256 is told is not fetched, and may be later", async () => {
    const error: unknown = await fetched(undefined, agent).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(BadPackage);
    expect(String(error)).toMatch(/no SHA-256/);
  });
});

describe("what the launcher knows", () => {
  const own = { version: "1.0.0", program: "/opt/agent.mjs" };

  test("an install keeps its id, and a file that cannot be read makes a new one", async () => {
    const { deviceId } = openUpdateState(folder, own);
    expect(deviceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(openUpdateState(folder, own).deviceId).toBe(deviceId);
    await rm(join(folder, "state.json"));
    expect(openUpdateState(folder, own).deviceId).not.toBe(deviceId);
  });

  test("whoever installs a newer version by hand gets that one; an older one does not take an update back", async () => {
    const proved = async (version: string) => {
      const state = openUpdateState(folder, own);
      const path = state.programOf(version);
      const program = await withServer(sha256(agent), agent, (url) => fetchUpdate(url, path, signal));
      state.begin(version, program, "1.0.0");
      state.prove();
    };
    await proved("2.0.0");
    expect(openUpdateState(folder, own).choose()).toMatchObject({ version: "2.0.0", trial: undefined });
    expect(openUpdateState(folder, { ...own, version: "0.9.0" }).choose().version).toBe("2.0.0");
    expect(openUpdateState(folder, { ...own, version: "3.0.0" }).choose()).toMatchObject({
      version: "3.0.0",
      program: own.program,
    });
  });

  test("a version on trial that failed is forgotten but for its name", () => {
    const state = openUpdateState(folder, own);
    state.begin("2.0.0", "00", "1.0.0");
    expect(state.choose()).toMatchObject({ version: "2.0.0", trial: { starts: 0, from: "1.0.0" } });
    state.fail("2.0.0");
    const later = openUpdateState(folder, own);
    expect(later.choose()).toMatchObject({ version: "1.0.0", trial: undefined });
    expect(later.hasFailed("2.0.0")).toBe(true);
  });
});
