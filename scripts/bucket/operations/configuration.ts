import type { Bucket } from "../bucket-state.ts";
import { readText, type Body } from "../body/body.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { CorsRule } from "../http/cors.ts";
import { childrenOf, readXml, textOf, type Element } from "../http/read-xml.ts";
import { Refusal, refusals } from "../http/refusal.ts";
import { xmlAnswer } from "../http/xml.ts";

const MAX_XML_BYTES = 64 * 1024;
const GRANTEE = 'Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
const METHODS = new Set(["GET", "PUT", "POST", "DELETE", "HEAD"]);
const OWNER = { ID: "slipway", DisplayName: "slipway" };

/** Configurations that clients ask for, this bucket never has, and S3 has an error of its own for. */
export const MISSING: Record<string, string> = {
  encryption: "ServerSideEncryptionConfigurationNotFoundError",
  lifecycle: "NoSuchLifecycleConfiguration",
  "object-lock": "ObjectLockConfigurationNotFoundError",
  ownershipControls: "OwnershipControlsNotFoundError",
  policy: "NoSuchBucketPolicy",
  policyStatus: "NoSuchBucketPolicy",
  publicAccessBlock: "NoSuchPublicAccessBlockConfiguration",
  replication: "ReplicationConfigurationNotFoundError",
  tagging: "NoSuchTagSet",
  website: "NoSuchWebsiteConfiguration",
};

export function getMissing(_: Bucket, { query }: Call): Answer {
  const name = Object.keys(MISSING).find((one) => query.has(one)) ?? "";
  throw new Refusal(404, MISSING[name] ?? "NotImplemented", "The bucket does not have this configuration.");
}

export function createBucket(): Answer {
  throw new Refusal(409, "BucketAlreadyOwnedByYou", "The bucket exists already, and it is yours.");
}

export const getBucketLocation = ({ region }: Bucket): Answer =>
  xmlAnswer("LocationConstraint", region === "us-east-1" ? "" : region);

export const getBucketVersioning = (): Answer => xmlAnswer("VersioningConfiguration", {});

export const getBucketRequestPayment = (): Answer =>
  xmlAnswer("RequestPaymentConfiguration", { Payer: "BucketOwner" });

export function getObjectTagging({ store }: Bucket, { key }: Call): Answer {
  if (store.objects.find(key) === undefined) throw refusals.noSuchKey();
  return xmlAnswer("Tagging", { TagSet: {} });
}

/** Of the bucket or an object: who has the keys may do everything, and nobody else anything. */
export function getAcl({ store }: Bucket, { key }: Call): Answer {
  if (key !== "" && store.objects.find(key) === undefined) throw refusals.noSuchKey();
  return xmlAnswer("AccessControlPolicy", {
    Owner: OWNER,
    AccessControlList: { Grant: { [GRANTEE]: OWNER, Permission: "FULL_CONTROL" } },
  });
}

export function getBucketCors({ cors }: Bucket): Answer {
  const rules = cors.get();
  if (rules.length === 0) {
    throw new Refusal(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist.");
  }
  return xmlAnswer("CORSConfiguration", {
    CORSRule: rules.map((rule) => ({
      AllowedOrigin: rule.allowedOrigins,
      AllowedMethod: rule.allowedMethods,
      AllowedHeader: rule.allowedHeaders,
      ExposeHeader: rule.exposeHeaders ?? [],
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  });
}

export async function putBucketCors({ cors }: Bucket, _: Call, body: () => Body): Promise<Answer> {
  const request = readXml(await readText(body(), MAX_XML_BYTES), "CORSConfiguration");
  const rules = childrenOf(request, "CORSRule").map(readRule);
  if (rules.length === 0 || rules.length > 100) throw refusals.malformedXml();
  await cors.put(rules);
  return { status: 200 };
}

export async function deleteBucketCors({ cors }: Bucket): Promise<Answer> {
  await cors.put([]);
  return { status: 204 };
}

function readRule(element: Element): CorsRule {
  const all = (name: string) => childrenOf(element, name).map(({ text }) => text.trim());
  const maxAge = textOf(element, "MaxAgeSeconds");
  const rule = {
    allowedOrigins: all("AllowedOrigin"),
    allowedMethods: all("AllowedMethod"),
    allowedHeaders: all("AllowedHeader"),
    exposeHeaders: all("ExposeHeader"),
    ...(maxAge !== undefined && { maxAgeSeconds: Math.trunc(Number(maxAge)) || 0 }),
  };
  if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0) throw refusals.malformedXml();
  const unknown = rule.allowedMethods.find((method) => !METHODS.has(method));
  if (unknown !== undefined) throw refusals.invalidRequest(`Found unsupported HTTP method ${unknown}.`);
  const names = [...rule.exposeHeaders, ...rule.allowedHeaders, ...rule.allowedOrigins];
  if (names.some((text) => !/^[\u0021-\u007e]+$/.test(text))) throw refusals.malformedXml();
  return rule;
}
