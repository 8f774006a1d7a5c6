import { xmlDocument } from "../../kit/xml.ts";

type DescribedFile = { fileName: string; size: number; sha1: string; sha256: string; sha512: string };

/** A Metalink 4 document (RFC 5854) of one file at one address. */
export function renderMetalink({ fileName, size, sha256, sha512 }: DescribedFile, url: string): string {
  return xmlDocument({
    name: "metalink",
    attributes: { xmlns: "urn:ietf:params:xml:ns:metalink" },
    content: [
      {
        name: "file",
        attributes: { name: fileName },
        content: [
          { name: "size", content: size },
          { name: "hash", attributes: { type: "sha-256" }, content: sha256 },
          sha512 ? { name: "hash", attributes: { type: "sha-512" }, content: sha512 } : null,
          { name: "url", content: url },
        ],
      },
    ],
  });
}
