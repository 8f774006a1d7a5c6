import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as library from "../../scripts/client/library/types.ts";
import { buildCommandLine } from "../../scripts/pack/command-line.ts";
import { names } from "../../scripts/pack/names.ts";
import { ownStack } from "../support/own-stack.ts";

const MIB = 1024 * 1024;
const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
const canBrowse = existsSync(executablePath) || Boolean(process.env.CI);

const page = await startPage();
const stack = ownStack({ CORS_ORIGINS: page.origin });

let folder: string;
let file: string;
let client: typeof library;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-library-"));
  file = join(await buildCommandLine(folder), "client.mjs");
  client = createRequire(import.meta.url)(file) as typeof library;
});
afterAll(async () => {
  page.server.close();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const packageOf = (version: string) =>
  ({
    kind: "package",
    filename: "build.zip",
    package: { version, package_type: "full", platform: "windows", arch: "x64", software: "library" },
  }) as const;

const question = { platform: "windows", arch: "x64", software: "library" } as const;

const hashings = [
  { how: "by the hash of the whole", options: {}, version: "1.0.0" },
  { how: "by the hashes of its parts", options: { hashesParts: true }, version: "1.1.0" },
];

test.each(hashings)(
  "in Node: an upload breaks off, goes on with its record, and is offered $how",
  async (one) => {
    const { url, apiKey } = stack();
    const { options, version } = one;
    const slipway = client.createSlipway({ url, apiKey });
    const bytes = randomBytes(150 * MIB);
    const stop = new AbortController();
    let record: library.SlipwayUploadRecord | undefined;
    const broken = slipway.upload(new Blob([bytes]), packageOf(version), {
      ...options,
      signal: stop.signal,
      jobs: 1,
      onRecord(kept) {
        record = JSON.parse(JSON.stringify(kept)) as library.SlipwayUploadRecord;
        if (Object.keys(kept.etags).length === 1) stop.abort();
      },
    });
    await expect(broken).rejects.toThrow();
    if (!record) throw new Error("it was told of no record");
    expect(Object.keys(record.etags)).toHaveLength(1);
    const first = sha256(bytes.subarray(0, record.part_size));
    expect(record.digests).toEqual(options.hashesParts ? { 1: first } : undefined);

    await expect(slipway.resume(bytes.subarray(1), record)).rejects.toMatchObject({ code: "OTHER_CONTENT" });
    const seen: library.SlipwayProgress[] = [];
    const published = await slipway.resume(bytes, record, {
      ...options,
      onProgress: (progress) => seen.push(progress),
    });
    expect(published).toMatchObject({ version, sha256: sha256(bytes), file_size: bytes.length });
    const uploading = seen.filter(({ phase }) => phase === "uploading");
    expect([uploading[0]?.bytes, uploading.at(-1)?.bytes]).toEqual([record.part_size, bytes.length]);

    const update = await slipway.check({ ...question, current_version: "0.9.0" });
    expect(update).toMatchObject({ has_update: true, latest_version: version });
    await expect(slipway.resume(bytes, record)).resolves.toMatchObject({ version });
  },
);

test("what the server refuses is an error with its sentence and code", async () => {
  const { url, apiKey } = stack();
  const stranger = client.createSlipway({ url });
  await expect(stranger.upload(new Uint8Array([1]), packageOf("3.0.0"))).rejects.toMatchObject({
    code: "INVALID_API_KEY",
  });
  const slipway = client.createSlipway({ url, apiKey });
  const refused = await slipway
    .call("post", "/api/v1/packages/{id}/yank", { path: { id: 9 } })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(client.SlipwayError);
  const nobody = client.createSlipway({ url: "http://127.0.0.1:1", patienceMs: 0 });
  await expect(nobody.check({ ...question, current_version: "1.0.0" })).rejects.toMatchObject({
    code: "NETWORK",
    message: "Cannot reach http://127.0.0.1:1.",
  });
});

/** Uploads, checks and says what came of it: the same words in a Worker and in a page. */
const SCENE = `async ({ createSlipway }, url, apiKey, version) => {
  const slipway = createSlipway({ url, apiKey });
  const bytes = new Uint8Array(9 * 1024 * 1024).map((_, index) => index * 31);
  const upload = { kind: "package", filename: "build.zip", package: {
    version, package_type: "full", platform: "windows", arch: "x64", software: "library" } };
  const phases = new Set();
  const { sha256 } = await slipway.upload(bytes, upload, { onProgress: ({ phase }) => phases.add(phase) });
  const { latest_version } = await slipway.check({
    current_version: "0.1.0", platform: "windows", arch: "x64", software: "library" });
  return { sha256, latest_version, phases: [...phases] };
}`;
const content = sha256(new Uint8Array(9 * MIB).map((_, index) => index * 31));

test.each([[[]], [["nodejs_compat"]]])(
  "in a Worker with the flags %j: an upload and a check",
  async (flags) => {
    const { url, apiKey } = stack();
    const version = flags.length === 0 ? "2.0.0" : "2.1.0";
    const worker = new Miniflare({
      modules: [
        {
          type: "ESModule",
          path: "main.mjs",
          contents: `import * as library from "./client.mjs";
          const scene = ${SCENE};
          export default { fetch: async () => Response.json(
            await scene(library, ${JSON.stringify(url)}, ${JSON.stringify(apiKey)}, ${JSON.stringify(version)})) };`,
        },
        { type: "ESModule", path: "client.mjs", contents: await readFile(file, "utf8") },
      ],
      compatibilityDate: "2026-07-15",
      compatibilityFlags: flags,
    });
    try {
      const answer = await worker.dispatchFetch("http://worker.example/");
      expect(await answer.json()).toEqual({
        sha256: content,
        latest_version: version,
        phases: expect.arrayContaining(["hashing", "uploading"]) as string[],
      });
    } finally {
      await worker.dispose();
    }
  },
);

test.skipIf(!canBrowse)("in a page of another origin: an upload and a check", async () => {
  const { url, apiKey } = stack();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const tab = await browser.newPage();
    await tab.goto(`${page.origin}/`);
    const run = `import("/client.mjs").then((library) => (${SCENE})(library, ...${JSON.stringify([url, apiKey, "2.2.0"])}))`;
    expect(await tab.evaluate(run)).toMatchObject({ sha256: content, latest_version: "2.2.0" });
  } finally {
    await browser.close();
  }
});

test("its types know every endpoint, and refuse what an endpoint does not take", async () => {
  const modules = join(folder, "node_modules");
  await mkdir(modules, { recursive: true });
  await mkdir(join(modules, names.commandLine), { recursive: true });
  await cp(join(file, ".."), join(modules, names.commandLine), { recursive: true });
  await writeFile(
    join(folder, "user.mts"),
    `import { createSlipway, SlipwayError } from "${names.commandLine}/client";
    const slipway = createSlipway({ url: "https://updates.example.com" });
    const latest: string = (await slipway.check({ current_version: "1.0.0" })).latest_version;
    const first: number | undefined = (await slipway.call("get", "/api/v1/packages"))[0]?.id;
    await slipway.call("post", "/api/v1/packages/{id}/yank", { path: { id: 1 } });
    await slipway.upload(new Blob(["x"]), { kind: "package", filename: "a.zip", package: { version: "1.0.0", package_type: "full" } });
    // @ts-expect-error the current version is missing
    await slipway.check({});
    // @ts-expect-error there is no such platform
    await slipway.check({ current_version: "1.0.0", platform: "amiga" });
    // @ts-expect-error there is no such endpoint
    await slipway.call("get", "/api/v1/nothing");
    // @ts-expect-error this endpoint takes no GET
    await slipway.call("get", "/api/v1/packages/{id}/yank", { path: { id: 1 } });
    // @ts-expect-error the path has a parameter
    await slipway.call("post", "/api/v1/packages/{id}/yank");
    // @ts-expect-error a package has a version
    await slipway.upload(new Blob(["x"]), { kind: "package", filename: "a.zip", package: {} });
    export default [latest, first, SlipwayError];`,
  );
  const options = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2022,dom",
  ];
  const tsc = join(process.cwd(), "node_modules", ".bin", "tsc");
  const { stdout } = spawnSync(tsc, [...options, "user.mts"], { cwd: folder, encoding: "utf8" });
  expect(stdout).toBe("");
});

/** A web page that has the library, on an origin of its own. */
async function startPage(): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    if (request.url === "/client.mjs") {
      response.setHeader("content-type", "text/javascript");
      void readFile(file).then((script) => response.end(script));
    } else response.setHeader("content-type", "text/html").end("<!doctype html><title>page</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
