export type WasmHash = {
  update(bytes: Uint8Array): void;
  /** A copy of the whole internal state; its length is fixed. */
  state(): Uint8Array;
  restore(state: Uint8Array): void;
  /** The digest of what was taken so far; the state stays unchanged. */
  digest(): Uint8Array;
};

/** The exports of a hash-wasm module that are used here. */
type HashExports = {
  memory: WebAssembly.Memory;
  STATE_SIZE: WebAssembly.Global;
  Hash_GetBuffer(): number;
  Hash_GetState(): number;
  Hash_Init(bits: number): void;
  Hash_Update(length: number): void;
  Hash_Final(): void;
};

/** Bytes of the modules' input buffer (`MAIN_BUFFER_SIZE` of hash-wasm). */
const INPUT_BYTES = 16 * 1024;

/** Starts a hash on the module of its name. */
export const wasmHashes = {
  sha256: (module: WebAssembly.Module) => createWasmHash(module, 32, 256),
  sha1: (module: WebAssembly.Module) => createWasmHash(module, 20),
  sha512: (module: WebAssembly.Module) => createWasmHash(module, 64, 512),
};

/**
 * One running hash on a hash-wasm module.
 * @param digestBytes length of the digest in bytes
 * @param bits which of a family, for modules that hold several (256 for SHA-256, 512 for SHA-512)
 */
function createWasmHash(module: WebAssembly.Module, digestBytes: number, bits = 0): WasmHash {
  const wasm = new WebAssembly.Instance(module).exports as unknown as HashExports;
  wasm.Hash_Init(bits);
  const { buffer } = wasm.memory;
  const input = new Uint8Array(buffer, wasm.Hash_GetBuffer(), INPUT_BYTES);
  const stateBytes = new DataView(buffer).getUint32(Number(wasm.STATE_SIZE.value), true);
  const state = new Uint8Array(buffer, wasm.Hash_GetState(), stateBytes);

  return {
    update(bytes) {
      for (let offset = 0; offset < bytes.length; offset += INPUT_BYTES) {
        const piece = bytes.subarray(offset, offset + INPUT_BYTES);
        input.set(piece);
        wasm.Hash_Update(piece.length);
      }
    },
    state: () => state.slice(),
    restore(saved) {
      state.set(saved);
    },
    digest() {
      const before = state.slice();
      wasm.Hash_Final();
      const digest = input.slice(0, digestBytes);
      state.set(before);
      return digest;
    },
  };
}
