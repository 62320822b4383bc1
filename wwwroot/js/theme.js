// Runs before the first paint: the chosen theme, or the system's. Also tells the server the person's time zone.
(() => {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(name + "="))?.slice(name.length + 1);
  const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`; };
  const apply = () => {
    const choice = cookie("theme") ?? "system";
    root.dataset.themeChoice = choice;
    root.dataset.theme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
    for (const item of document.querySelectorAll("[data-theme-choice-of]")) {
      item.setAttribute("aria-checked", String(item.dataset.themeChoiceOf === choice));
    }
  };

  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (e) => {
    const item = e.target.closest?.("[data-theme-choice-of]");
    if (item) { keep("theme", item.dataset.themeChoiceOf); apply(); }
  });
  // The person's menu is drawn when it opens.
  document.addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
    if (document.querySelector("[data-theme-choice-of]:not([data-told])")) {
      for (const item of document.querySelectorAll("[data-theme-choice-of]")) item.dataset.told = "";
      apply();
    }
  }).observe(document.body, { childList: true, subtree: true }));

  // Blazor re-applies the document's attributes on enhanced navigation; the theme must survive it.
  new MutationObserver(() => { if (!root.dataset.theme) apply(); }).observe(root, { attributeFilter: ["data-theme"] });

  // Asking for the zone loads the browser's tables of zones and languages: 30 to 60 ms of each page, which it has when it is drawn.
  const LaterMs = 3000;
  const tellZone = () => {
    const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
    if (cookie("tz") !== zone) keep("tz", zone);
  };
  if (cookie("tz")) setTimeout(tellZone, LaterMs); else tellZone();
  apply();
})();
