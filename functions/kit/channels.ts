/** Channels from the least stable to the most stable. */
const MATURING = ["alpha", "beta", "rc", "stable"];

/**
 * The channels that a device of a channel is offered: its own and all that are more stable. A channel that is none of
 * `alpha`, `beta` and `rc` offers itself and `stable`.
 */
export function channelsFrom(channel: string): string[] {
  const place = MATURING.indexOf(channel);
  return place === -1 ? [channel, "stable"] : MATURING.slice(place);
}
