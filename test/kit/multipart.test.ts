import { describe, expect, test } from "vitest";
import {
  MultipartError,
  readMultipart,
  type MultipartOptions,
} from "../../functions/kit/multipart/multipart.ts";

type Seen = { fieldName: string; fileName: string; contentType: string; content: Buffer };

const BOUNDARY = "----SlipwayTest7MA4YWxkTrZu0gW";
const FILE = { head: 'name="file"; filename="a.zip"', content: "PK\x03\x04 content" };
const FIELD = { head: 'name="version"', content: "2.2.5" };

describe("what clients send", () => {
  test("fields and the file in any order", async () => {
    for (const parts of [
      [FIELD, FILE],
      [FILE, FIELD],
    ]) {
      const { fields, file } = await read(body(parts));
      expect(fields).toEqual({ version: "2.2.5" });
      expect(file).toMatchObject({
        fieldName: "file",
        fileName: "a.zip",
        contentType: "application/octet-stream",
      });
      expect(file?.content.toString("latin1")).toBe(FILE.content);
    }
  });

  test("curl: hex boundary, typed file, quotes escaped by a backslash or as %22", async () => {
    const old = await read(
      body([{ head: 'name="file"; filename="a\\"b\\\\c.zip"', type: "application/zip", content: "x" }]),
    );
    expect(old.file).toMatchObject({ fileName: 'a"b\\c.zip', contentType: "application/zip" });
    const recent = await read(body([{ head: 'name="file"; filename="100%22 50%.zip"', content: "x" }]));
    expect(recent.file?.fileName).toBe("100%22 50%.zip");
  });

  test("browsers: UTF-8 names as they are, backslashes of a path kept", async () => {
    const { file } = await read(body([{ head: 'name="file"; filename="更新包 1;2.zip"', content: "x" }]));
    expect(file?.fileName).toBe("更新包 1;2.zip");
    const path = await read(body([{ head: 'name="file"; filename="C:\\dir\\a.zip"', content: "x" }]));
    expect(path.file?.fileName).toBe("C:\\dir\\a.zip");
    const none = await read(body([{ head: 'name="file"; filename=""', content: "" }]));
    expect(none.file).toMatchObject({ fileName: "", content: Buffer.of() });
  });

  test("python-requests: short boundary without dashes, filename* with a language", async () => {
    const head = "name=\"file\"; filename*=utf-8'zh'%E6%9B%B4%E6%96%B0%20%221%22.zip";
    const { file } = await read(body([{ head, content: "x" }], "7d1b"), { boundary: "7d1b" });
    expect(file?.fileName).toBe('更新 "1".zip');
  });

  test("PowerShell 7: quoted boundary, bare names, typed fields, both kinds of file name", async () => {
    const parts = [
      { head: "name=version", type: "text/plain; charset=utf-8", content: "2.2.6" },
      { head: "name=file; filename=\"=?utf-8?B?5pu0?=\"; filename*=utf-8''%E6%9B%B4.zip", content: "x" },
    ];
    const { fields, file } = await read(body(parts), {
      contentType: `multipart/form-data; boundary="${BOUNDARY}"`,
    });
    expect(fields).toEqual({ version: "2.2.6" });
    expect(file?.fileName).toBe("更.zip");
  });

  test("the runtime's own FormData", async () => {
    const form = new FormData();
    form.set("description", "修复了若干bug\r\nline two");
    form.set(
      "file",
      new File([Buffer.from(FILE.content, "latin1")], 'we"ird.zip', { type: "application/zip" }),
    );
    const request = new Request("http://localhost/", { method: "POST", body: form });
    const seen: string[] = [];
    const fields = await readMultipart(request, {
      maxFileBytes: 100,
      onFile: async (file) => void seen.push(file.fileName),
    });
    expect(fields.get("description")).toBe("修复了若干bug\r\nline two");
    expect(seen).toEqual(["we%22ird.zip"]);
  });

  test("an empty file, empty fields, repeated fields of which the last counts, no part at all", async () => {
    const parts = [
      { ...FILE, content: "" },
      { ...FIELD, content: "" },
      { head: 'name="a"', content: "1" },
      { head: 'name="a"', content: "2" },
    ];
    const { fields, file } = await read(body(parts));
    expect(fields).toEqual({ version: "", a: "2" });
    expect(file?.content.length).toBe(0);
    expect(await read(`--${BOUNDARY}--\r\n`)).toEqual({ fields: {}, file: undefined });
  });

  test("a preamble, an epilogue, and no line end after the last boundary", async () => {
    const { fields } = await read(`hello\r\n${body([FIELD])}good-bye`);
    expect(fields).toEqual({ version: "2.2.5" });
    expect((await read(body([FIELD]).slice(0, -2))).fields).toEqual({ version: "2.2.5" });
  });

  test("the fields sent before the file are there when it arrives", async () => {
    let known: string | undefined;
    await readMultipart(request([body([FIELD, FILE, { head: 'name="late"', content: "x" }])]), {
      maxFileBytes: 100,
      onFile: async (_, fields) => void (known = [...fields.keys()].join()),
    });
    expect(known).toBe("version");
  });
});

describe("content that looks like a boundary", () => {
  const lookalikes = [
    `--${BOUNDARY}`,
    `\r\n--${BOUNDARY.slice(0, -1)}`,
    `\r\n--${BOUNDARY}x\r\n`,
    `\r\n--${BOUNDARY}-`,
    `\r\n--${BOUNDARY}\r`,
    `\r\r\n\r\n-\r\n--\r\n\r\r`,
    `\r\n--${BOUNDARY}\r\r\n--${BOUNDARY}\n`,
    "\r\n",
    "\r",
    `\n--${BOUNDARY}\n`,
  ];

  test.each(lookalikes)("%j stays content, cut at any offset", async (lookalike) => {
    const content = `${lookalike}middle${lookalike}`;
    const bytes = Buffer.from(body([{ ...FILE, content }, FIELD]), "latin1");
    for (let offset = 0; offset <= bytes.length; offset += 1) {
      const { file, fields } = await read([bytes.subarray(0, offset), bytes.subarray(offset)]);
      expect(file?.content.toString("latin1")).toBe(content);
      expect(fields).toEqual({ version: "2.2.5" });
    }
  });

  test("byte by byte", async () => {
    const content = lookalikes.join("");
    const bytes = Buffer.from(`preamble\r\n${body([FIELD, { ...FILE, content }])}end`, "latin1");
    const { file, fields } = await read(Array.from(bytes, (byte) => Buffer.of(byte)));
    expect(file?.content.toString("latin1")).toBe(content);
    expect(fields).toEqual({ version: "2.2.5" });
  });
});

describe("refusals", () => {
  test("a body cut anywhere before its last boundary is truncated", async () => {
    const whole = body([FIELD, FILE]);
    for (let length = 0; length < whole.length - 2; length += 1) {
      await expect(code(read(whole.slice(0, length)))).resolves.toBe("truncated");
    }
  });

  test("a body that breaks off with an error, and no body at all", async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (c) => c.error(new Error("connection reset")) });
    const headers = new Headers({ "content-type": `multipart/form-data; boundary=${BOUNDARY}` });
    const options = { maxFileBytes: 1, onFile: async () => undefined };
    await expect(code(readMultipart({ headers, body: broken }, options))).resolves.toBe("truncated");
    await expect(code(readMultipart({ headers, body: null }, options))).resolves.toBe("truncated");
  });

  test.each([
    ["application/json", "not-multipart"],
    ["", "not-multipart"],
    ["multipart/form-data-x; boundary=a", "not-multipart"],
    ["multipart/form-data", "malformed"],
    ["multipart/form-data; boundary=", "malformed"],
    ['multipart/form-data; boundary=""', "malformed"],
    ['multipart/form-data; boundary="open', "malformed"],
    ["multipart/form-data; boundary=a; boundary=b", "malformed"],
    [`multipart/form-data; boundary=${"b".repeat(71)}`, "malformed"],
  ])("content type %j is %s", async (contentType, expected) => {
    await expect(code(read(body([FIELD]), { contentType }))).resolves.toBe(expected);
  });

  test.each([
    [""],
    ["Content-Type: text/plain"],
    ["Content-Disposition: form-data"],
    ["Content-Disposition: attachment; name=a"],
    ['Content-Disposition: form-data; name="a'],
    ['Content-Disposition: form-data; name="a"junk'],
    ["Content-Disposition: form-data; name=a; name=b"],
    ["Content-Disposition: form-data; name=a; filename=x; filename=y"],
    ["Content-Disposition: form-data; name=a; filename*=utf-8''%ff"],
    ["Content-Disposition: form-data; name=a; filename*=utf-8''%zz"],
    ["Content-Disposition: form-data; name=a; filename*=gbk''x"],
    ["Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b"],
    ["Content-Disposition: form-data;\r\n name=a"],
    ["Content-Disposition : form-data; name=a"],
    ["no colon"],
    ['Content-Disposition: form-data; name="a\0b"'],
    ['Content-Disposition: form-data; name="a\nb"'],
    ['Content-Disposition: form-data; name="a\rb"'],
    ["Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64"],
  ])("part headers %j are malformed", async (headers) => {
    await expect(code(read(`--${BOUNDARY}\r\n${headers}\r\n\r\nx\r\n--${BOUNDARY}--`))).resolves.toBe(
      "malformed",
    );
  });

  test("names and values that are not UTF-8", async () => {
    const named = Buffer.from(body([{ head: 'name="file"; filename="\xff.zip"', content: "x" }]), "latin1");
    await expect(code(read([named]))).resolves.toBe("malformed");
    await expect(code(read([Buffer.from(body([{ ...FIELD, content: "\xff" }]), "latin1")]))).resolves.toBe(
      "malformed",
    );
  });

  test("a second file", async () => {
    await expect(code(read(body([FILE, FILE])))).resolves.toBe("malformed");
  });

  test("too much, or too many, of what is passed over", async () => {
    const icon = { head: 'name="icon"; filename="i.png"', content: "x".repeat(11) };
    const options = { fileField: "file", maxFileBytes: 10 };
    await expect(code(read(body([icon]), options))).resolves.toBe("too-large");
    const many = Array.from({ length: 4 }, () => ({ ...icon, content: "" }));
    await expect(code(read(body(many), { ...options, maxFields: 3 }))).resolves.toBe("too-many-fields");
  });

  test("each limit, exactly", async () => {
    const sized = (size: number) => ({ ...FILE, content: "x".repeat(size) });
    expect((await read(body([sized(10)]), { maxFileBytes: 10 })).file?.content.length).toBe(10);
    await expect(code(read(body([sized(11)]), { maxFileBytes: 10 }))).resolves.toBe("too-large");

    const field = (size: number) => ({ ...FIELD, content: "x".repeat(size) });
    expect((await read(body([field(5)]), { maxFieldBytes: 5 })).fields).toEqual({ version: "xxxxx" });
    await expect(code(read(body([field(6)]), { maxFieldBytes: 5 }))).resolves.toBe("field-too-large");

    const fields = (count: number) => Array.from({ length: count }, () => FIELD);
    expect((await read(body(fields(3)), { maxFields: 3 })).fields).toEqual({ version: "2.2.5" });
    await expect(code(read(body(fields(4)), { maxFields: 3 }))).resolves.toBe("too-many-fields");
  });

  test("endless headers, preambles and epilogues end at the limit", async () => {
    for (const start of [
      `--${BOUNDARY}\r\nX: `,
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name=a\r\nX: `,
      "",
      body([FIELD]),
    ]) {
      const { headers, body: stream, pulled } = endless(start);
      await expect(
        code(readMultipart({ headers, body: stream }, { maxFileBytes: 1, onFile: async () => undefined })),
      ).resolves.toBe("malformed");
      expect(pulled()).toBeLessThan(64 * 1024);
    }
  });

  test("a declared length beyond all limits is refused before a byte is read", async () => {
    const { headers, body: stream, pulled } = endless("");
    headers.set("content-length", String(10 * 1024 * 1024 * 1024));
    const options = { maxFileBytes: 1024, onFile: async () => undefined };
    await expect(code(readMultipart({ headers, body: stream }, options))).resolves.toBe("too-large");
    expect(pulled()).toBe(0);
  });
});

describe("the file as a stream", () => {
  const start = body([FILE]).replace(/content[^]*/, "");

  test("is not read ahead of its consumer", async () => {
    const { headers, body: stream, pulled } = endless(start);
    const reading = readMultipart(
      { headers, body: stream },
      {
        maxFileBytes: 10 * 1024 * 1024,
        onFile: async (file) => {
          let size = 0;
          for await (const chunk of file.stream) {
            size += chunk.length;
            expect(pulled() - size).toBeLessThan(16 * 1024);
          }
        },
      },
    );
    await expect(code(reading)).resolves.toBe("too-large");
    expect(stream.locked).toBe(false);
  });

  test("an error of onFile passes through and leaves the rest of the body to be read on", async () => {
    const { headers, body: stream, pulled } = endless(start);
    const reading = readMultipart(
      { headers, body: stream },
      {
        maxFileBytes: 10 * 1024 * 1024,
        onFile: async (file) => {
          for await (const chunk of file.stream) throw new Error(`no room for ${chunk.length} bytes`);
        },
      },
    );
    await expect(reading).rejects.toThrow("no room for");
    expect(stream.locked).toBe(false);
    expect(pulled()).toBeLessThan(16 * 1024);
  });

  test("what onFile leaves unread is skipped, and still counted", async () => {
    const options = { maxFileBytes: 1000, onFile: async () => undefined };
    const fields = await readMultipart(request([body([FILE, FIELD])]), options);
    expect(fields.get("version")).toBe("2.2.5");
    const large = { ...FILE, content: "x".repeat(1001) };
    await expect(code(readMultipart(request([body([large, FIELD])]), options))).resolves.toBe("too-large");
  });

  test("an error of the body that onFile swallows is still the outcome", async () => {
    const cut = body([FILE]).slice(0, -10);
    const options = {
      maxFileBytes: 1000,
      onFile: async (file: { stream: AsyncIterable<Uint8Array> }) => {
        await expect(drain(file.stream)).rejects.toThrow(MultipartError);
      },
    };
    await expect(code(readMultipart(request([cut]), options))).resolves.toBe("truncated");
    await expect(code(readMultipart(request([cut]), { ...options, maxFileBytes: 1 }))).resolves.toBe(
      "too-large",
    );
  });

  test("cannot be read after its part is over", async () => {
    let late: AsyncIterator<Uint8Array> | undefined;
    await readMultipart(request([body([FILE, FIELD])]), {
      maxFileBytes: 1000,
      onFile: async (file) => void (late = file.stream[Symbol.asyncIterator]()),
    });
    await expect(late?.next()).rejects.toThrow("before onFile returns");
  });
});

function body(parts: { head: string; content: string; type?: string }[], boundary = BOUNDARY): string {
  const written = parts.map(({ head, content, type }) => {
    const typed = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    return `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n${typed}\r\n${content}\r\n`;
  });
  return `${written.join("")}--${boundary}--\r\n`;
}

function request(chunks: (string | Uint8Array)[], contentType = `multipart/form-data; boundary=${BOUNDARY}`) {
  const queue = chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = queue.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
  return { headers: new Headers({ "content-type": contentType }), body: stream };
}

/** A request that begins so and then goes on for ever in chunks of 4 KiB, counting what is asked of it. */
function endless(start: string) {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = pulled === 0 && start !== "" ? Buffer.from(start) : Buffer.alloc(4096, "x");
        pulled += chunk.length;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  const headers = new Headers({ "content-type": `multipart/form-data; boundary=${BOUNDARY}` });
  return { headers, body: stream, pulled: () => pulled };
}

async function read(
  content: string | Uint8Array[],
  options: Partial<MultipartOptions> & { boundary?: string; contentType?: string } = {},
): Promise<{ fields: Record<string, string>; file: Seen | undefined }> {
  const {
    boundary = BOUNDARY,
    contentType = `multipart/form-data; boundary=${boundary}`,
    ...limits
  } = options;
  let file: Seen | undefined;
  const fields = await readMultipart(
    request(typeof content === "string" ? [content] : content, contentType),
    {
      maxFileBytes: 1024 * 1024,
      onFile: async ({ stream, ...rest }) => {
        file = { ...rest, content: await drain(stream) };
      },
      ...limits,
    },
  );
  return { fields: Object.fromEntries(fields), file };
}

/** All bytes of a file; copied chunk by chunk, since a chunk is valid only until the next. */
async function drain(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

/** The code that a reading was refused with. */
async function code(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => new Error("it was taken"),
    (cause: unknown) => cause,
  );
  if (!(error instanceof MultipartError)) throw error;
  return error.code;
}
