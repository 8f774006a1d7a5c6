const text = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const code = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

Redoc.init(
  "/openapi.json",
  {
    hideHostname: true,
    expandResponses: "200,201",
    requiredPropsFirst: true,
    theme: {
      colors: { primary: { main: "#0f4c5c" } },
      sidebar: { backgroundColor: "#f4f7f7" },
      rightPanel: { backgroundColor: "#12303a" },
      typography: {
        fontSize: "15px",
        fontFamily: text,
        headings: { fontFamily: text, fontWeight: "600" },
        code: { fontFamily: code, fontSize: "13px" },
      },
    },
  },
  document.getElementById("reference"),
);
