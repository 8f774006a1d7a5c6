import { open, type FileHandle } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

const LOOK_MS = 100;
const READ_BYTES = 256 * 1024;
/** Sizes at which a log file is emptied: the first when all of it was read, the second when nobody reads it. Bytes. */
const MAX_READ_BYTES = 8 * 1024 ** 2;
const MAX_UNREAD_BYTES = 64 * 1024 ** 2;

export type FollowedLog = {
  /** Reads what is left, then stops. */
  stop: () => Promise<void>;
};

/**
 * Passes on the lines that a server appends to a log file. Unlike a pipe, a file takes what is written whether it is read or
 * not, so a reader that stops does not hold up the server. The file stays small: it is emptied once it was read (a line that
 * is written in just that moment is lost), or once it has grown too large unread.
 * @param wait true while lines cannot be taken; they stay in the file meanwhile
 */
export async function followLog(
  path: string,
  onLines: (lines: string[]) => void,
  wait: () => boolean = () => false,
): Promise<FollowedLog> {
  const file = await open(path, "r+");
  let stopping = false;
  let wake = () => {};
  const following = follow();

  async function follow(): Promise<void> {
    const memory = Buffer.allocUnsafe(READ_BYTES);
    const decoder = new StringDecoder("utf8");
    let offset = 0;
    let begun = "";
    for (;;) {
      const { bytesRead } =
        wait() && !stopping ? { bytesRead: 0 } : await file.read(memory, 0, READ_BYTES, offset);
      if (bytesRead > 0) {
        offset += bytesRead;
        const lines = (begun + decoder.write(memory.subarray(0, bytesRead))).split("\n");
        begun = lines.pop() ?? "";
        if (lines.length > 0) onLines(lines);
        continue;
      }
      if (stopping) break;
      offset = await emptied(file, offset, wait());
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, LOOK_MS);
      });
    }
    if (begun !== "") onLines([begun]);
    await file.close();
  }

  return {
    async stop() {
      stopping = true;
      wake();
      await following;
    },
  };
}

/** The position in the file where reading goes on. */
async function emptied(file: FileHandle, offset: number, waiting: boolean): Promise<number> {
  if (!waiting && offset < MAX_READ_BYTES) return offset;
  const { size } = await file.stat();
  if (waiting ? size < MAX_UNREAD_BYTES : size > offset) return offset;
  await file.truncate(0);
  return 0;
}
