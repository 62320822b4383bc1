// Keeps what somebody typed or chose and did not send, in this tab alone: a circuit that cannot come back ends in a reload, which would
// lose it. A field says its place by data-draft; the page forgets the place, and all below it, before it sends (Ui/Drafts.cs).
(() => {
  const prefix = "draft:";
  const key = (place) => `${prefix}${location.pathname}:${place}`;
  const keys = (place) => Object.keys(sessionStorage).filter((x) => x === key(place) || x.startsWith(`${key(place)}/`));

  // What was sent, until the next of the same place: a refusal gives it back, unless something newer was typed.
  const sent = new Map();
  const forget = (place) => {
    sent.set(key(place), keys(place).map((x) => [x, sessionStorage.getItem(x)]));
    keys(place).forEach((x) => sessionStorage.removeItem(x));
  };
  const keep = (place) => {
    for (const [name, entry] of sent.get(key(place)) ?? [])
      if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, entry);
  };
  // For what one field does not hold: a form whose rows are added and removed.
  const write = (place, base, text) => store(key(place), base, text);
  window.portalDrafts = { forget, keep, write };

  // Whoever signs in next in this tab may be somebody else.
  if (document.querySelector("[data-forgets-drafts]"))
    Object.keys(sessionStorage).filter((x) => x.startsWith(prefix)).forEach((x) => sessionStorage.removeItem(x));

  const isBox = (field) => field.type === "checkbox";
  const read = (field) => (isBox(field) ? String(field.checked) : field.value);
  const put = (field, text) => (isBox(field) ? (field.checked = text === "true") : (field.value = text));
  const store = (name, base, text) => {
    if (text === base) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ base, text }));
  };

  // What a field said before anybody typed: a draft comes back only where that still stands.
  const before = new WeakMap();
  const first = (field) => (isBox(field) ? String(field.defaultChecked) : (field.defaultValue ?? field.querySelector("option[selected]")?.value ?? ""));
  document.addEventListener("input", (e) => {
    const field = e.target;
    if (!field.matches?.("[data-draft]")) return;
    store(key(field.dataset.draft), before.get(field) ?? first(field), read(field));
  });

  // A field that is drawn by a circuit takes its text back; one that is only prerendered has nobody to hear of it.
  const restore = () => {
    for (const field of document.querySelectorAll("[data-draft][data-live]")) {
      if (before.has(field)) continue;
      before.set(field, read(field));
      const entry = JSON.parse(sessionStorage.getItem(key(field.dataset.draft)));
      if (entry?.base !== read(field)) continue;
      put(field, entry.text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  new MutationObserver(restore).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-live"] });
})();
