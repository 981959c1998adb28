/** WebAssembly modules of skein's own: how they are started, and how their memory grows. */

const PAGE_BYTES = 64 * 1024;

/** Starts a module, which imports nothing; gives what it exports, for the caller to say what that is. */
export function startModule(wasm: Uint8Array<ArrayBuffer>): unknown {
  return new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports;
}

/** Makes a memory at least so large; its buffer is another one then. */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const lacking = bytes - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE_BYTES));
}
