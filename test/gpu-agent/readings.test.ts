import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createReadings, readSmi } from "../../scripts/gpu-agent/readings.ts";

const CSV = "0, NVIDIA H200, 37, 1536, 143771, 41\n1, NVIDIA H200, [N/A], 0, 143771, [N/A]\n";
const gpus = [
  { gpu_id: 0, name: "NVIDIA H200", usage: 37, memory_used: 1.5, memory_total: 140.4, temperature: 41 },
  { gpu_id: 1, name: "NVIDIA H200", usage: 0, memory_used: 0, memory_total: 140.4 },
];

test("nvidia-smi's table, with what a card cannot tell", () => {
  expect(readSmi(CSV)).toEqual(gpus);
  expect(readSmi("")).toEqual([]);
  expect(readSmi("No devices were found\n")).toEqual([]);
});

test("a machine's readings with nvidia-smi, and without", async () => {
  const folder = await mkdtemp(join(tmpdir(), "slipway-smi-"));
  try {
    const smi = join(folder, "nvidia-smi");
    await writeFile(smi, `#!/bin/sh\nprintf '${CSV.replaceAll("\n", "\\n")}'\n`);
    await chmod(smi, 0o755);
    const reading = await createReadings(smi)();
    expect(reading.gpus).toEqual(gpus);
    expect(reading.total_memory).toBeGreaterThan(0);
    expect(reading.used_memory).toBeLessThanOrEqual(reading.total_memory);
    expect(reading.cpu_usage).toBeGreaterThanOrEqual(0);
    expect((await createReadings(join(folder, "absent"))()).gpus).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
