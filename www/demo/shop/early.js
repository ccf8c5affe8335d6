// Runs before the first paint, so that a chosen theme and language do not flash. Not a module: modules wait for the document.
(() => {
  try {
    const { theme, locale } = JSON.parse(sessionStorage.getItem("lantern-quay") ?? "{}");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    if (/^[a-z]{2}(-[A-Z][a-z]*)?(-[A-Z]{2})?$/.test(locale)) {
      document.documentElement.lang = locale;
      document.documentElement.dir = locale === "ar" ? "rtl" : "ltr";
    }
  } catch {
    // No storage: the system's theme and the browser's language serve.
  }
})();
