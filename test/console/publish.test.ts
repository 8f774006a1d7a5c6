import { expect, test } from "vitest";
import { appNameOf } from "../../functions/console/pages/publish/app-name.ts";
import { fieldOf } from "../../functions/console/pages/publish/refusal.ts";
import { createSpeedometer } from "../../functions/console/kit/uploads/speed.ts";

test("a speed is that of the last seconds, and nothing is said before there is enough to say", () => {
  const speedAt = createSpeedometer();
  expect(speedAt(0, 0)).toBeUndefined();
  expect(speedAt(500, 400)).toBeUndefined();
  expect(speedAt(1_000, 1_000)).toBe(1_000);
  expect(speedAt(2_000, 2_000)).toBe(1_000);
  expect(speedAt(11_000, 5_000)).toBe(3_000);
});

test("bytes that have to be sent once more make no speed negative", () => {
  const speedAt = createSpeedometer();
  speedAt(0, 0);
  speedAt(4_000, 1_000);
  expect(speedAt(1_000, 2_000)).toBe(500);
  expect(speedAt(2_000, 2_500)).toBe(800);
});

test.each([
  ["Acme Desk Setup 2.0.0.exe", "acme-desk"],
  ["Acme Desk_1.0.0_x64-setup.exe", "acme-desk"],
  ["Café-3.1.0-arm64.dmg", "cafe"],
  ["App-win-Setup.exe", "app"],
  ["window-4.0.0-full.nupkg", "window"],
  ["应用 1.0.0.exe", undefined],
])("%s is of the app %s", (file, name) => {
  expect(appNameOf(file)).toBe(name);
});

test.each([
  ["min_update_from: name an older version", "min_update_from"],
  ["min_update_from is not a version", "min_update_from"],
  ["参数 min_update_from：请填写早于 1.0.0 的版本", "min_update_from"],
  ["rollout.steps: each step needs more", "rollout"],
  ["versions are many", undefined],
  ["The server answered 500.", undefined],
])("%s is of %s", (sentence, field) => {
  expect(fieldOf(sentence)).toBe(field);
});
