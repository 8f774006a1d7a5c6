/** What workerd is to serve. Paths are absolute. */
export type WorkerdConfig = {
  compatibilityDate: string;
  compatibilityFlags: string[];
  /**
   * The first module is the entry: its default export serves clients, and its export `control` serves the control socket.
   */
  modules: { name: string; type: ModuleType; path: string }[];
  variables: Record<string, string>;
  /** `host:port`, an IPv6 host in brackets. */
  listen: string;
  controlSocket: string;
  assets: string;
  /** The embedded bucket's socket, and the folder of its objects. */
  bucket: { socket: string; objects: string } | null;
  /** PEM certificates that are trusted beside those that browsers trust. */
  certificates: string[];
};

export type ModuleType = "esModule" | "wasm" | "data" | "text" | "json";

/**
 * With V8's helper threads on a machine with few cores, an isolate now and then waits for ever for a garbage collection in
 * another one.
 */
const V8_FLAGS = ["--single-threaded-gc"];

/**
 * A configuration for `workerd serve` in workerd's own language (Cap'n Proto text): one socket for clients, one that only
 * the stack's user can open, and nothing else that listens.
 */
export function workerdConfig(config: WorkerdConfig): string {
  const bindings = [
    ...Object.entries(config.variables).map(
      ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
    ),
    binding("ASSET_FILES", "asset-files"),
    ...(config.bucket ? [binding("BUCKET_PROCESS", "bucket"), binding("OBJECT_FILES", "object-files")] : []),
  ];
  const modules = config.modules.map(
    ({ name, type, path }) => `(name = ${text(name)}, ${type} = embed ${text(path)})`,
  );
  const services = [
    `(name = "slipway", worker = (
      modules = [${lines(modules)}],
      bindings = [${lines(bindings)}],
      compatibilityDate = ${text(config.compatibilityDate)},
      compatibilityFlags = [${config.compatibilityFlags.map(text).join(", ")}],
    ))`,
    `(name = "internet", network = (allow = ["public", "private"], tlsOptions = (
      trustBrowserCas = true, trustedCertificates = [${config.certificates.map(text).join(", ")}])))`,
    disk("asset-files", config.assets),
    ...(config.bucket
      ? [
          `(name = "bucket", external = (address = ${text(`unix:${config.bucket.socket}`)}, http = ()))`,
          disk("object-files", config.bucket.objects),
        ]
      : []),
  ];
  // The scheme by which a proxy in front was asked. It only decides how URLs for this client begin.
  const options = `(forwardedProtoHeader = "X-Forwarded-Proto")`;
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  v8Flags = [${V8_FLAGS.map(text).join(", ")}],
  services = [${lines(services)}],
  sockets = [
    (name = "clients", address = ${text(config.listen)}, http = ${options}, service = "slipway"),
    (name = "control", address = ${text(`unix:${config.controlSocket}`)}, http = (),
      service = (name = "slipway", entrypoint = "control")),
  ],
);
`;
}

const binding = (name: string, service: string) => `(name = ${text(name)}, service = ${text(service)})`;
const disk = (name: string, path: string) => `(name = ${text(name)}, disk = (path = ${text(path)}))`;
const lines = (items: string[]) => items.map((item) => `\n    ${item}`).join(",");

/** A Cap'n Proto text literal. */
function text(value: string): string {
  const escaped = value.replaceAll(/[\\"]|\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    // Escapes stand for bytes of UTF-8, and every character above these has several.
    if (code > 0x7f) return character;
    return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, "0")}` : `\\${character}`;
  });
  return `"${escaped}"`;
}
