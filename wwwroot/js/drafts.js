// Keeps what somebody typed and did not send, in this tab alone: a circuit that cannot come back ends in a reload, which would lose it.
// A field says its place by data-draft; the page forgets it before it sends (Ui/Drafts.cs).
(() => {
  const prefix = "draft:";
  const key = (place) => `${prefix}${location.pathname}:${place}`;
  const keep = (place, text) => text ? sessionStorage.setItem(key(place), text) : sessionStorage.removeItem(key(place));
  window.portalDrafts = { keep, forget: (place) => sessionStorage.removeItem(key(place)) };

  // Whoever signs in next in this tab may be somebody else.
  if (document.querySelector("[data-forgets-drafts]"))
    Object.keys(sessionStorage).filter((x) => x.startsWith(prefix)).forEach((x) => sessionStorage.removeItem(x));

  document.addEventListener("input", (e) => {
    if (e.target.matches?.("[data-draft]")) keep(e.target.dataset.draft, e.target.value);
  });

  // A field that is drawn by a circuit takes its text back; one that is only prerendered has nobody to hear of it.
  const seen = new WeakSet();
  const restore = () => {
    for (const field of document.querySelectorAll("[data-draft][data-live]")) {
      if (seen.has(field)) continue;
      seen.add(field);
      const text = sessionStorage.getItem(key(field.dataset.draft));
      if (!text || field.value) continue;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  new MutationObserver(restore).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-live"] });
})();
