import { createRoute, z } from "@hono/zod-openapi";
import { readCredential } from "../accounts/authenticate.middleware.ts";
import { readSecurity } from "../accounts/schemas.ts";
import { contextOf } from "../core/http/request.ts";
import { beginsDownload } from "../downloads/beginning.ts";
import { fileHeaders } from "../downloads/links.ts";
import { AppError } from "../core/errors.ts";
import { errorResponses, type Router } from "../core/http/router.ts";
import { packageDownloads } from "./downloads.ts";
import { typeOfFolder } from "../releases/package-names.ts";

const route = createRoute({
  method: "get",
  path: "/downloads/{package_type}/{version}/{filename}",
  tags: ["Downloads"],
  summary: "Download a package",
  description:
    "Redirects to a signed URL in the bucket, which serves ranges; ask here again for a fresh one. HEAD answers size, type and SHA-256.",
  security: readSecurity,
  request: {
    params: z.object({
      package_type: z.string().meta({ enum: ["full", "patches", "hotfixes"] }),
      version: z.string(),
      filename: z.string(),
    }),
  },
  responses: {
    200: { description: "HEAD only: `Content-Length`, `Content-Type`, `X-Checksum-SHA256` (hex)" },
    302: {
      description:
        "To the file, good for at least three hours; for 15 minutes at most where the software is private",
    },
    ...errorResponses("INVALID_API_KEY", "PACKAGE_NOT_FOUND"),
  },
});

export const downloadPackageRoute = (router: Router) => {
  router.openapi(route, async (c) => {
    const { package_type: folder, version, filename } = c.req.param();
    const type = typeOfFolder(folder);
    if (!type) throw new AppError("PACKAGE_NOT_FOUND");
    const path = { type, version, fileName: filename, credential: readCredential(c) };
    if (c.req.method === "HEAD")
      return new Response(null, { headers: fileHeaders(await packageDownloads.find(contextOf(c), path)) });
    const begins = beginsDownload((name) => c.req.header(name));
    const url = await packageDownloads.redirect(contextOf(c), path, begins);
    c.header("Cache-Control", "no-store");
    return c.redirect(url, 302);
  });
};
