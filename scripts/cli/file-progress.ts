import type { Context } from "./context.ts";
import { humanSize } from "./output.ts";

/** Progress of several files at once: on a terminal a bar for each that is on its way, else lines with its name. */
export type FileProgress = {
  /** A context whose phases are shown as this file's. */
  of(ctx: Context, name: string): Context;
  /** A remark on one file that is done. */
  done(line: string): void;
  end(): void;
};

const NAME_WIDTH = 32;

export async function fileProgress(ctx: Context): Promise<FileProgress> {
  if (ctx.out.json || !process.stderr.isTTY) return lines(ctx);
  const { MultiBar, Presets } = await import("cli-progress");
  const format = `{name} {phase} [{bar}] {percentage}% | {amount}`;
  const bars = new MultiBar(
    { stream: process.stderr, hideCursor: true, clearOnComplete: true, format, barsize: 24 },
    Presets.legacy,
  );
  return {
    of(ctx, name) {
      const shown = shorten(name).padEnd(NAME_WIDTH);
      const phase = (label: string, total: number, already = 0) => {
        let value = already;
        const payload = () => ({
          name: shown,
          phase: label.padEnd(9),
          amount: `${humanSize(value)} of ${humanSize(total)}`,
        });
        const bar = bars.create(total, already, payload());
        const set = (bytes: number) => {
          value = Math.min(total, Math.max(0, bytes));
          bar.update(value, payload());
        };
        return { set, add: (bytes: number) => set(value + bytes), end: () => void bars.remove(bar) };
      };
      return { ...ctx, out: { ...ctx.out, phase, note: (line) => bars.log(`${name}: ${line}\n`) } };
    },
    done: (line) => bars.log(`${line}\n`),
    end: () => {
      // What was remarked since the bars were drawn last is written with them.
      bars.update();
      bars.stop();
    },
  };
}

function lines(ctx: Context): FileProgress {
  return {
    of: (ctx, name) => ({
      ...ctx,
      out: {
        ...ctx.out,
        phase: (label, total, already) => ctx.out.phase(`${name}: ${label}`, total, already),
        note: (line) => ctx.out.note(`${name}: ${line}`),
      },
    }),
    done: (line) => ctx.out.note(line),
    end: () => undefined,
  };
}

const shorten = (name: string) =>
  name.length <= NAME_WIDTH ? name : `${name.slice(0, NAME_WIDTH - 13)}...${name.slice(-10)}`;
