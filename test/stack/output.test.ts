import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const OUTPUT = JSON.stringify(new URL("../../scripts/stack/output.ts", import.meta.url).href);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-output-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that writes to its standard output by openOutput and says on standard error when it is done. */
function writer(body: string) {
  const script = `
    import { openOutput } from ${OUTPUT};
    const output = openOutput(1);
    ${body}
    await output.end();
    process.stderr.write("done");
    process.exit();
  `;
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("goes on when nobody reads, and says what was dropped once somebody does", async () => {
  const child = writer(`
    for (let line = 0; line < 40_000; line++) output.write("x".repeat(99) + "\\n");
    process.stderr.write("written");
    process.once("SIGUSR2", () => resume());
    let resume = () => {};
    await new Promise((resolve) => (resume = resolve));
  `);
  const [said] = (await once(child.stderr, "data")) as [Buffer];
  expect(said.toString()).toBe("written");
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  while (!text.includes("dropped")) await once(child.stdout, "data");
  child.kill("SIGUSR2");
  await once(child, "close");
  const lines = text.trimEnd().split("\n");
  expect(lines.filter((line) => line === "x".repeat(99)).length).toBeGreaterThan(5_000);
  expect(lines.at(-1)).toMatch(/^\(\d+ bytes of output were dropped while nobody read them\)$/);
});

test("a reader that goes away ends nothing", async () => {
  const child = writer(`
    for (let round = 0; round < 5; round++) {
      output.write("line\\n");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  `);
  child.stdout.destroy();
  const [said] = (await once(child.stderr, "data")) as [Buffer];
  expect(said.toString()).toBe("done");
  await once(child, "close");
});

test("writes into a file at its place", async () => {
  const file = join(folder, "out");
  const script = `import { openOutput } from ${OUTPUT}; const o = openOutput(1); o.write("second\\n"); await o.end();`;
  await writeFirst(file);
  const shell = `${JSON.stringify(process.execPath)} --input-type=module -e '${script}' >>${JSON.stringify(file)}`;
  const [code] = (await once(spawn("/bin/sh", ["-c", shell]), "close")) as [number];
  expect(code).toBe(0);
  expect(await readFile(file, "utf8")).toBe("first\nsecond\n");
});

async function writeFirst(file: string): Promise<void> {
  const child = spawn("/bin/sh", ["-c", `echo first >${JSON.stringify(file)}`]);
  await once(child, "close");
}
