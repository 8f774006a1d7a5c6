import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const API_KEY = "sk_test_the_right_key";
const SIGNATURE = "X-Amz-Signature=5ec3e7";

type Fields = Record<string, unknown> & { version: string; package_type: string };
type Upload = {
  id: string;
  token: string;
  kind: string;
  state: "pending" | "verifying" | "ready" | "rejected" | "expired" | "aborted";
  size: number;
  /** Undefined until its completion brings it, where it was begun without. */
  sha256: string | undefined;
  fields: Fields;
  partSize: number;
  partCount: number;
  parts: Map<number, Buffer>;
  polls: number;
  packageId: number;
};
export type FakePackage = { name: string; bytes: Buffer; sha256: string; fields: Fields };
type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean | Promise<boolean>;

const PATHS: Record<string, string> = { full: "full", patch: "patches", hotfix: "hotfixes" };

/** The interface of the command line over real HTTP, with the bucket on the same address, all in memory. */
export async function startFakeServer(
  options: { partSize?: number; polls?: number; corrupt?: boolean } = {},
) {
  const partSize = options.partSize ?? 1024;
  const uploads = new Map<string, Upload>();
  const byKey = new Map<string, Upload>();
  const packages = new Map<number, FakePackage>();
  const keys = new Map<string, Record<string, unknown>>();
  const log: string[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** What tests change while the server runs: `before` answers a request instead of the server when it says so. */
  const control: { before: Handler | undefined; urlVersion: number; health: unknown } = {
    before: undefined,
    urlVersion: 1,
    health: { status: "healthy", version: "9.9.9", checks: { database: "ok", bucket: "ok" } },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? "/", url);
    log.push(`${request.method} ${target.pathname}`);
    if (await control.before?.(request, response, target)) return;
    if (target.pathname.startsWith("/bucket/")) return bucket(request, response, target);
    if (target.pathname.startsWith("/downloads/")) return download(request, response, target);
    const body = await read(request);
    const [status, answer] = route(request, target, body.length > 0 ? JSON.parse(body.toString()) : {});
    json(response, status, answer);
  }

  function route(request: IncomingMessage, target: URL, body: Record<string, unknown>): [number, unknown] {
    const { pathname } = target;
    if (pathname === "/health") return [200, control.health];
    if (pathname === "/api/v1/version/check") return check(target);
    if (pathname === "/api/v1/storage/stats") return [200, STATS];
    if (pathname === "/api/v1/packages" && request.method === "GET") return [200, list(target)];
    const [, id, verb] = /^\/api\/v1\/uploads\/(\w+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (id !== undefined) return onUpload(request, uploads.get(id), verb, body);
    const byOtherKeys = pathname === "/api/v1/uploads" && body["kind"] !== "package";
    if (byOtherKeys && request.headers["x-api-key"] === undefined) return create(request, body);
    if (request.headers["x-api-key"] !== API_KEY) return fault(401, "INVALID_API_KEY", "Wrong API key.");
    if (pathname === "/api/v1/api-keys/current") return [200, { id: "key_1", scopes: ["packages:write"] }];
    if (pathname.startsWith("/api/v1/api-keys")) return onKeys(request, pathname, body);
    if (pathname === "/api/v1/uploads") return create(request, body);
    if (pathname === "/api/v1/storage/cleanup") {
      return [
        200,
        { success: true, space_freed: 2048, packages_deleted: 2, before_usage: 90, after_usage: 50 },
      ];
    }
    const change = /^\/api\/v1\/packages\/(\d+)/.exec(pathname)?.[1];
    if (change !== undefined && packages.has(Number(change))) return [200, { message: "done" }];
    return fault(404, "PACKAGE_NOT_FOUND", "There is no such package.");
  }

  function onKeys(
    request: IncomingMessage,
    pathname: string,
    body: Record<string, unknown>,
  ): [number, unknown] {
    if (request.method === "GET") return [200, { items: [...keys.values()] }];
    const id = `key_${keys.size + 1}`;
    if (request.method === "POST") {
      const made = {
        id,
        prefix: "slw_abcdef",
        expires_at: null,
        created_at: "2026-01-02T10:30:00Z",
        ...body,
      };
      keys.set(id, made);
      return [201, { ...made, key: "slw_abcdef_the_rest" }];
    }
    const known = keys.delete(pathname.split("/").at(-1) ?? "");
    return known ? [204, undefined] : fault(404, "NOT_FOUND", "No such resource");
  }

  function create(request: IncomingMessage, body: Record<string, unknown>): [number, unknown] {
    const kind = String(body["kind"]);
    const fields = body[kind] as Fields;
    const key = String(request.headers["idempotency-key"]);
    const earlier = byKey.get(key);
    if (earlier !== undefined) return [201, ticket(earlier)];
    const taken = [...packages].find(([, item]) => fields.version && item.fields.version === fields.version);
    if (taken !== undefined) {
      const [id, { sha256 }] = taken;
      const there = [...uploads.values()].find(({ packageId }) => packageId === id);
      if (there && sha256 === body["sha256"]) return [200, { ...ticket(there), result: published(there) }];
      return fault(409, "PACKAGE_EXISTS", "This package exists.");
    }
    const size = Number(body["size"]);
    const upload: Upload = {
      id: `upl_${randomBytes(6).toString("hex")}`,
      token: `tok_${randomBytes(12).toString("hex")}`,
      kind,
      state: "pending",
      size,
      sha256: body["sha256"] as string | undefined,
      fields: { ...fields, filename: body["filename"] },
      partSize: Math.min(partSize, size),
      partCount: Math.ceil(size / partSize),
      parts: new Map(),
      polls: 0,
      packageId: 0,
    };
    uploads.set(upload.id, upload);
    byKey.set(key, upload);
    return [201, ticket(upload)];
  }

  function ticket(upload: Upload) {
    const numbers = Array.from({ length: Math.min(100, upload.partCount) }, (_, index) => index + 1);
    return {
      upload_id: upload.id,
      upload_token: upload.token,
      state: upload.state,
      method: upload.partCount > 1 ? "multipart" : "single",
      part_size: upload.partSize,
      part_count: upload.partCount,
      parts: numbers.map((number) => sign(upload, number)),
      expires_at: new Date(Date.now() + 3600_000).toISOString(),
    };
  }

  const sign = (upload: Upload, number: number) => ({
    part_number: number,
    size: Math.min(upload.partSize, upload.size - (number - 1) * upload.partSize),
    url: `${url}/bucket/${upload.id}/${number}?v=${control.urlVersion}&${SIGNATURE}`,
    headers: { "content-type": "application/octet-stream", "x-amz-checksum-sha256": "signed" },
  });

  function onUpload(
    request: IncomingMessage,
    upload: Upload | undefined,
    verb: string | undefined,
    body: Record<string, unknown>,
  ): [number, unknown] {
    if (upload === undefined) return fault(404, "UPLOAD_NOT_FOUND", "There is no such upload.");
    if (request.headers.authorization !== `Bearer ${upload.token}`)
      return fault(401, "INVALID_UPLOAD_TOKEN", "No.");
    if (verb === "parts") {
      return [200, { parts: (body["part_numbers"] as number[]).map((number) => sign(upload, number)) }];
    }
    if (request.method === "DELETE") {
      upload.state = "aborted";
      return [200, {}];
    }
    const told = body["sha256"] as string | undefined;
    if (told !== undefined && upload.sha256 !== undefined && told !== upload.sha256)
      return fault(409, "CHECKSUM_CONFLICT", "This upload has another SHA-256.");
    if (verb === "complete" && upload.state === "pending") {
      upload.sha256 ??= told;
      if (upload.sha256 === undefined) return fault(400, "MISSING_PARAMETER", "Parameter sha256 is missing");
      if (upload.parts.size !== upload.partCount) return fault(422, "SIZE_MISMATCH", "Parts are missing.");
      upload.state = "verifying";
    } else if (upload.state === "verifying" && ++upload.polls > (options.polls ?? 0)) verify(upload);
    const { state, size } = upload;
    const result = state === "ready" ? published(upload) : undefined;
    return [
      200,
      {
        state,
        size,
        bytes_verified: 0,
        result,
        error: state === "rejected" ? "CHECKSUM_MISMATCH" : undefined,
      },
    ];
  }

  function verify(upload: Upload): void {
    const numbers = [...upload.parts.keys()].toSorted((a, b) => a - b);
    const bytes = Buffer.concat(numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0)));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== upload.sha256 || options.corrupt === true) {
      upload.state = "rejected";
      return;
    }
    upload.state = "ready";
    upload.packageId = packages.size + 1;
    packages.set(upload.packageId, {
      name: String(upload.fields["filename"]),
      bytes,
      sha256,
      fields: upload.fields,
    });
  }

  const pathOf = ({ fields, name }: FakePackage) =>
    `/downloads/${PATHS[fields.package_type]}/${fields.version}/${name}`;

  function published(upload: Upload) {
    const item = packages.get(upload.packageId);
    if (upload.kind !== "package") return item && RESULTS[upload.kind]?.(upload);
    return {
      message: "published",
      package_id: upload.packageId,
      version: upload.fields.version,
      package_type: upload.fields.package_type,
      file_size: upload.size,
      sha256: upload.sha256,
      download_url: item === undefined ? "/downloads/full/0/gone.zip" : pathOf(item),
    };
  }

  function list(target: URL) {
    const wanted = ["package_type", "platform", "arch"].map((name) => (item: FakePackage) => {
      const value = target.searchParams.get(name);
      return value === null || value === "all" || (item.fields[name] ?? value) === value;
    });
    const found = [...packages].filter(([, item]) => wanted.every((is) => is(item)));
    return found.map(([id, item]) => ({
      id,
      version: item.fields.version,
      package_type: item.fields.package_type,
      package_name: item.name,
      package_size: item.bytes.length,
      from_version: item.fields["from_version"] ?? null,
      download_url: pathOf(item),
      created_at: "2026-01-02T10:30:00Z",
      download_count: 0,
      software: item.fields["software"] ?? "omega",
      platform: item.fields["platform"] ?? "windows",
      arch: item.fields["arch"] ?? "x64",
      channel: "stable",
      yanked: false,
    }));
  }

  function check(target: URL): [number, unknown] {
    const current_version = target.searchParams.get("current_version");
    const [id, item] = [...packages].at(-1) ?? [];
    if (item === undefined || item.fields.version === current_version) {
      return [200, { has_update: false, current_version, latest_version: current_version }];
    }
    const { version, package_type: type } = item.fields;
    const option = {
      type,
      package_id: id,
      file_size: item.bytes.length,
      download_url: pathOf(item),
      recommended: true,
    };
    const update_info = { version, description: "better", is_critical: false, update_options: [option] };
    return [200, { has_update: true, current_version, latest_version: version, update_info }];
  }

  async function bucket(request: IncomingMessage, response: ServerResponse, target: URL): Promise<void> {
    const [, , id = "", number = ""] = target.pathname.split("/");
    if (request.method === "GET") return object(request, response, packages.get(Number(id)));
    const bytes = await read(request);
    const upload = uploads.get(id);
    if (request.method === "OPTIONS" || target.searchParams.get("v") !== String(control.urlVersion)) {
      return refuse(response, 403, "AccessDenied");
    }
    if (upload?.state !== "pending") return refuse(response, 404, "NoSuchUpload");
    if (request.headers["x-amz-checksum-sha256"] !== "signed")
      return refuse(response, 403, "SignatureDoesNotMatch");
    upload.parts.set(Number(number), bytes);
    response.writeHead(200, { etag: `"${createHash("md5").update(bytes).digest("hex")}"` }).end();
  }

  function download(request: IncomingMessage, response: ServerResponse, target: URL): void {
    const [id, item] = [...packages].find(([, candidate]) => pathOf(candidate) === target.pathname) ?? [];
    if (item === undefined) return json(response, 404, fault(404, "PACKAGE_NOT_FOUND", "No.")[1]);
    if (request.method === "HEAD") {
      response
        .writeHead(200, { "content-length": item.bytes.length, "x-checksum-sha256": item.sha256 })
        .end();
    } else response.writeHead(302, { location: `${url}/bucket/${id}?${SIGNATURE}` }).end();
  }

  function object(request: IncomingMessage, response: ServerResponse, item: FakePackage | undefined): void {
    if (item === undefined) return refuse(response, 404, "NoSuchKey");
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const total = item.bytes.length;
    const range = start > 0 ? { "content-range": `bytes ${start}-${total - 1}/${total}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { "content-length": total - start, ...range });
    response.end(item.bytes.subarray(start));
  }

  return {
    url,
    control,
    uploads,
    packages,
    keys,
    /** Method and path of every request so far. */
    log,
    count: (start: string) => log.filter((line) => line.startsWith(start)).length,
    /** Loses every upload, as a server that was set up anew. */
    forget: () => {
      uploads.clear();
      byKey.clear();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((stopped) => server.close(stopped));
    },
  };
}

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function fault(status: number, error_code: string, detail: string): [number, unknown] {
  return [status, { detail, error_code, timestamp: new Date().toISOString() }];
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

/** What uploads of the other kinds become. */
const RESULTS: Record<string, (upload: Upload) => unknown> = {
  plugin: ({ fields }) => ({
    name: fields["name"],
    display_name: fields["name"],
    current_version: fields.version,
    is_enabled: true,
    is_deprecated: false,
  }),
  backup: ({ packageId, fields, size, sha256 }) => ({
    ...fields,
    id: packageId,
    file_name: fields["filename"],
    file_size: size,
    file_hash: sha256,
    description: fields["description"] ?? "",
    created_at: "2026-01-02T10:30:00Z",
  }),
};

const STATS = {
  status: "healthy",
  usage_percentage: 25,
  recommendations: ["All is well"],
  stats: {
    total_size: 4096,
    used_size: 1024,
    available_size: 3072,
    full_packages_size: 1000,
    patch_packages_size: 24,
    hotfix_packages_size: 0,
    temp_size: 0,
  },
};
