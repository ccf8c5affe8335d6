// Runs before the first paint, so that a chosen theme and language do not flash. Not a module: modules wait for the document.
(() => {
  try {
    const { theme, locale } = JSON.parse(sessionStorage.getItem("lantern-quay") ?? "{}");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    if (locale === "en" || locale === "zh-CN") document.documentElement.lang = locale;
  } catch {
    // No storage: the system's theme and the browser's language serve.
  }
})();
