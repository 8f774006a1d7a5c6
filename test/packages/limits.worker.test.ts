import { expect, test } from "vitest";
import { ownStack } from "../support/own-stack.ts";
import {
  createUpload,
  expectProblem,
  newBytes,
  newSoftware,
  packageForm,
  sendForm,
  uploadBody,
  type PackageFields,
} from "../support/publish.ts";

const stack = ownStack({ UPLOADS_PER_HOUR: "2" });
const busy = ownStack({ QUERIES_PER_MINUTE: "5" });

const seconds = (answer: { headers: Headers }) => Number(answer.headers.get("retry-after"));
const form = (key?: string) =>
  packageForm({ software: newSoftware(), version: "1.0.0", package_type: "full", api_key: key });

test("a key has its uploads an hour, by form or signed URL, and is told when to come back", async () => {
  const first = await sendForm(stack(), form(), { asPublisher: true });
  expect(first.status).toBe(200);
  const signed = await createUpload(
    stack(),
    uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" }),
  );
  expect(signed.status).toBe(201);

  const refused = [
    await sendForm(stack(), form(), { asPublisher: true }),
    await sendForm(stack(), form(stack().apiKey)),
    await createUpload(stack(), uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" })),
  ];
  for (const answer of refused) {
    expectProblem(answer, 429, "TOO_MANY_UPLOADS");
    expect(seconds(answer)).toBeGreaterThan(3500);
    expect(seconds(answer)).toBeLessThanOrEqual(3600);
  }
});

test("a file that comes before its key is held to the limit as well", async () => {
  const late = new FormData();
  late.append("file", new Blob([newBytes()]), "build.zip");
  const fields = { software: newSoftware(), version: "1.0.0", package_type: "full", api_key: stack().apiKey };
  for (const [name, value] of Object.entries(fields)) late.append(name, value);
  expectProblem(await sendForm(stack(), late), 429, "TOO_MANY_UPLOADS");
});

test("the limit is each key's own", async () => {
  const created = await stack().request<{ key: string }>("/api/v1/api-keys", {
    json: { name: "another", scopes: ["packages:write"] },
    asPublisher: true,
  });
  expect((await sendForm(stack(), form(created.body.key))).status).toBe(200);
});

test("the files of a release count as one upload", async () => {
  const created = await stack().request<{ key: string }>("/api/v1/api-keys", {
    json: { name: "releasing", scopes: ["packages:write"] },
    asPublisher: true,
  });
  const headers = { "x-api-key": created.body.key };
  const software = newSoftware();
  const begin = (version: string, platform: string) => {
    const fields = { software, version, platform, draft: true } as PackageFields;
    const json = uploadBody(newBytes(), fields);
    return stack().request("/api/v1/uploads", { json, headers });
  };
  for (const platform of ["windows", "linux", "macos", "android", "ios"])
    expect((await begin("1.0.0", platform)).status).toBe(201);
  expect((await begin("2.0.0", "windows")).status).toBe(201);
  expectProblem(await begin("3.0.0", "windows"), 429, "TOO_MANY_UPLOADS");
  expect((await begin("2.0.0", "linux")).status).toBe(201);
});

test("an upload that is refused for its own faults does not count", async () => {
  const created = await stack().request<{ key: string }>("/api/v1/api-keys", {
    json: { name: "clumsy", scopes: ["packages:write"] },
    asPublisher: true,
  });
  const { key } = created.body;
  for (let attempt = 0; attempt < 3; attempt++) {
    const bad = packageForm({ version: "one", package_type: "full", api_key: key });
    expectProblem(await sendForm(stack(), bad), 400, "INVALID_VERSION");
  }
  expect((await sendForm(stack(), form(key))).status).toBe(200);
});

test("an address has its queries a minute together; downloads have no limit", async () => {
  const paths = ["/api/v1/packages", "/api/v1/version/check?current_version=1.0.0", "/api/v1/storage/stats"];
  const statuses: number[] = [];
  const ask = async (path: string) => {
    const answer = await busy().request(path);
    statuses.push(answer.status);
    return answer;
  };
  for (let query = 0; query < 8; query++) await ask(paths[query % paths.length] ?? "");
  const last = await ask("/api/v1/packages");
  expectProblem(last, 429, "RATE_LIMIT_EXCEEDED");
  expect(seconds(last)).toBeGreaterThan(0);
  expect(seconds(last)).toBeLessThanOrEqual(60);
  // A new minute may begin in between: then there were two limits of five.
  expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(8);

  for (let download = 0; download < 20; download++) {
    const answer = await busy().request("/downloads/full/1.0.0/nothing.zip");
    expectProblem(answer, 404, "PACKAGE_NOT_FOUND");
  }
});
