// Nothing here may reach another host: no fonts, proxy, assistant or telemetry of Scalar's.
Scalar.createApiReference("#reference", {
  url: "/openapi.json",
  title: "Slipway API",
  favicon: "/favicon.svg",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  documentDownloadType: "json",
  defaultOpenAllTags: true,
  orderSchemaPropertiesBy: "preserve",
  authentication: { preferredSecurityScheme: "ApiKeyHeader" },
});
