// Sets theme and language on <html> before the first paint, so that nothing flashes. Kept outside the
// bundle because module scripts run too late; inline is refused by our content security policy.
(() => {
  const root = document.documentElement;
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const scheme = stored("guanxi.theme");
  const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  const locale = stored("guanxi.locale");
  root.lang = locale || (navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en");
})();
