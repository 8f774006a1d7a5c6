import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import {
  createNativeHasher,
  createResumableHasher,
  SHA256_ALONE,
  sha256Hex,
  timingSafeEqualText,
  type ContentDigests,
  type HashName,
} from "../../functions/kit/hash/hash.ts";
import { hashStream } from "../../functions/kit/hash/hash-stream.ts";

const modules = {
  sha256: compile("sha256"),
  sha1: compile("sha1"),
  sha512: compile("sha512"),
};

const ALL: HashName[] = ["sha256", "sha1", "sha512"];
const createHasher = (state?: string) => createResumableHasher(modules, ALL, state);

describe("createResumableHasher", () => {
  // Around the block sizes of the algorithms (64, 128) and the input buffer of the modules (16 KiB).
  test.each([0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 16_383, 16_384, 16_385, 100_000])(
    "gives the digests of %i bytes",
    (size) => {
      const content = sample(size);
      const hasher = createHasher();
      hasher.update(content);
      expect(hasher.digest()).toEqual(nativeDigests(content));
      expect(hasher.bytes).toBe(size);
    },
  );

  test.each<[HashName[]]>([[["sha256"]], [["sha256", "sha1"]], [ALL]])(
    "takes the hashes that are asked for, as the native one does: %j",
    (names) => {
      const content = sample(100_000);
      const expected = { sha256: "", sha1: "", sha512: "" };
      for (const name of names) expected[name] = nativeDigests(content)[name];
      for (const hasher of [createResumableHasher(modules, names), createNativeHasher(names)]) {
        hasher.update(content.subarray(0, 70_000));
        hasher.update(content.subarray(70_000));
        expect({ bytes: hasher.bytes, digests: hasher.digest() }).toEqual({
          bytes: content.length,
          digests: expected,
        });
      }
    },
  );

  test("refuses the state of other hashes", () => {
    const state = createResumableHasher(modules, SHA256_ALONE).save();
    expect(() => createHasher(state)).toThrow(RangeError);
  });

  test("goes on from a saved state at every offset, in another hasher", () => {
    const content = sample(300);
    const expected = nativeDigests(content);
    for (let offset = 0; offset <= content.length; offset += 1) {
      const first = createHasher();
      first.update(content.subarray(0, offset));
      const second = createHasher(first.save());
      expect(second.bytes).toBe(offset);
      second.update(content.subarray(offset));
      expect(second.digest()).toEqual(expected);
    }
  });

  test("a digest in between changes nothing, and hashers do not share state", () => {
    const [one, other] = [createHasher(), createHasher()];
    one.update(Buffer.from("slip"));
    other.update(Buffer.from("other"));
    expect(one.digest()).toEqual(nativeDigests(Buffer.from("slip")));
    one.update(Buffer.from("way"));
    expect(one.digest()).toEqual(nativeDigests(Buffer.from("slipway")));
    expect(one.digest()).toEqual(nativeDigests(Buffer.from("slipway")));
  });

  test("refuses a state that is damaged, cut, extended, respelled or of another version", () => {
    const hasher = createHasher();
    hasher.update(sample(1000));
    const state = hasher.save();
    const bytes = Buffer.from(state, "base64");
    const flipped = (at: number) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      return copy.toString("base64");
    };
    const bad = [
      "",
      "not base64",
      ` ${state}`,
      `${state}AAAA`,
      bytes.subarray(0, -1).toString("base64"),
      flipped(0),
      flipped(8),
      flipped(9),
      flipped(bytes.length - 1),
    ];
    for (const text of bad) expect(() => createHasher(text)).toThrow(RangeError);
  });
});

describe("hashStream", () => {
  test("hashes a whole stream, however it is cut", async () => {
    const content = sample(3_000_000);
    const hasher = createHasher();
    expect(await hashStream(new Blob([content]).stream(), hasher)).toBe(true);
    expect(hasher.bytes).toBe(content.length);
    expect(hasher.digest()).toEqual(nativeDigests(content));
  });

  test("leaves the rest unread where it may not go on", async () => {
    const cancelled = Promise.withResolvers<void>();
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(sample(1000)),
      cancel: () => cancelled.resolve(),
    });
    const hasher = createNativeHasher(SHA256_ALONE);
    expect(await hashStream(endless, hasher, () => hasher.bytes < 5000)).toBe(false);
    expect(hasher.bytes).toBe(5000);
    await cancelled.promise;
  });

  test("gives a stream up that brings nothing any more", async () => {
    vi.useFakeTimers();
    try {
      const silent = hashStream(new ReadableStream<Uint8Array>(), createHasher());
      const refused = expect(silent).rejects.toThrow("the bytes stopped coming");
      await vi.advanceTimersByTimeAsync(120_000);
      await refused;
    } finally {
      vi.useRealTimers();
    }
  });

  test("passes the stream's error on", async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("the store hung up")),
    });
    await expect(hashStream(stream, createHasher())).rejects.toThrow("the store hung up");
  });
});

test("sha256Hex hashes UTF-8", () => {
  expect(sha256Hex("密钥")).toBe(createHash("sha256").update(Buffer.from("密钥")).digest("hex"));
});

test("timingSafeEqualText takes texts of any length", () => {
  expect(timingSafeEqualText("key", "key")).toBe(true);
  expect(timingSafeEqualText("", "")).toBe(true);
  expect(timingSafeEqualText("key", "kex")).toBe(false);
  expect(timingSafeEqualText("key", "key2")).toBe(false);
});

// When this changes, saved states of the version before mean something else: raise STATE_VERSION in hash.ts.
test("the form of a saved state stays what it was", () => {
  const hasher = createHasher();
  hasher.update(Buffer.from("slipway"));
  expect(sha256Hex(hasher.save())).toBe("6d1b3beb9659062f6338917a26aacbc74c6c88e177cb482cb115f15199861b62");
});

test("the committed modules are those of the installed hash-wasm", () => {
  const script = fileURLToPath(new URL("../../scripts/extract-hash-wasm.ts", import.meta.url));
  const check = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect(check.stderr).toBe("");
  expect(check.status).toBe(0);
});

function compile(name: string): WebAssembly.Module {
  return new WebAssembly.Module(
    readFileSync(new URL(`../../functions/kit/hash/${name}.wasm`, import.meta.url)),
  );
}

/** Bytes that repeat in no power of two. */
function sample(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8) * 17) % 251);
}

function nativeDigests(content: Uint8Array): ContentDigests {
  const digest = (name: string) => createHash(name).update(content).digest("hex");
  return { sha256: digest("sha256"), sha1: digest("sha1"), sha512: digest("sha512") };
}
