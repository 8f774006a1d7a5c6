import { expect, test } from "vitest";
import { channelsFrom } from "../../functions/kit/channels.ts";

test.for([
  ["stable", ["stable"]],
  ["rc", ["rc", "stable"]],
  ["beta", ["beta", "rc", "stable"]],
  ["alpha", ["alpha", "beta", "rc", "stable"]],
  ["nightly", ["nightly", "stable"]],
] as const)("%s offers itself and all that is more stable", ([channel, expected]) => {
  expect(channelsFrom(channel)).toEqual(expected);
});
