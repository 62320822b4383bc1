// Keeps what somebody typed or chose and did not send: in the portal, a second after the last key, when the field is left and when the
// page goes; in this browser until the portal has it. A field says its place by data-draft; the page forgets the place, and all below it,
// before it sends (Ui/Typing/Drafts.cs). The newer of two copies counts; each says its age, so that no two clocks are compared.
(() => {
  const PauseMs = 1000, RetryMs = 10000, LongestMs = 30 * 24 * 3600 * 1000;
  // Browsers send no more than 64 KB for a page that is going.
  const MostOfLeaving = 30000;
  const person = document.body.dataset.draftsOf, prefix = `draft:${person}:`;

  // Whoever signs in next in this browser may be somebody else.
  const clear = (isGone) => [localStorage, sessionStorage].forEach((x) => Object.keys(x).filter(isGone).forEach((name) => x.removeItem(name)));
  if (person) clear((x) => x.startsWith("draft:") && !x.startsWith(prefix));
  document.addEventListener("submit", (e) => { if (e.target.matches("[data-forgets-drafts]")) clear((x) => x.startsWith("draft:")); });

  // What the portal does not have yet: { base, text, at }, without a text where it was sent or discarded.
  const local = {
    names: () => Object.keys(localStorage).filter((x) => x.startsWith(prefix)).map((x) => x.slice(prefix.length)),
    read: (name) => JSON.parse(localStorage.getItem(prefix + name)),
    write: (name, entry) => localStorage.setItem(prefix + name, JSON.stringify(entry)),
    drop: (name) => localStorage.removeItem(prefix + name),
  };

  // Titles of dialogs are places too, with names in them: an address shows a digest of each.
  const digest = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (const letter of text) [a, b] = [Math.imul(a ^ letter.codePointAt(0), 2654435761), Math.imul(b ^ letter.codePointAt(0), 1597334677)];
    return `~${(4294967296 * (2097151 & (b ^ (b >>> 13))) + ((a ^ (a >>> 15)) >>> 0)).toString(36)}`;
  };
  const short = (place) => place.split("/").map((x) => (/^[\w.-]{1,60}$/.test(x) ? x : digest(x))).join("/");
  const page = () => `${location.pathname.slice(1) || "home"}:`;
  const nameOf = (place) => page() + short(place);

  const kept = new Map();
  // Where a place was seen last: a dialog closes after the page has gone to another address.
  const seen = new Map();
  const below = (place) => [...seen].filter(([x]) => x === short(place) || x.startsWith(`${short(place)}/`)).map(([, name]) => name);

  const send = async (name) => {
    const entry = local.read(name), age = entry ? Date.now() - entry.at : 0;
    if (!entry) return;
    if (age > LongestMs) return local.drop(name);
    if (entry.isRefused) return;
    const isGone = entry.text === undefined, body = isGone ? undefined : JSON.stringify({ text: entry.text, before: entry.base, age: Math.max(0, age) });
    const headers = { "RequestVerificationToken": document.querySelector("[name=__RequestVerificationToken]")?.value ?? "", "Content-Type": "application/json" };
    const url = `api/v1/drafts/${name.split("/").map(encodeURIComponent).join("/")}${isGone ? `?age=${Math.max(0, age)}` : ""}`;
    try {
      const keepalive = (body?.length ?? 0) < MostOfLeaving;
      const answer = await fetch(url, { method: isGone ? "DELETE" : "PUT", headers, body, keepalive, signal: AbortSignal.timeout(RetryMs) });
      if (local.read(name)?.at !== entry.at) return;
      if (answer.ok) local.drop(name);
      // Too long, or no text at all: it stays so. What a page is refused whose sign-in has changed since, the next page sends.
      else if (answer.status === 413 || answer.status === 422) local.write(name, { ...entry, isRefused: true });
      else if (answer.status !== 400) later(RetryMs);
    } catch {
      // The portal is away, and this browser keeps it.
      later(RetryMs);
    }
  };

  // One after the other: what is forgotten must not arrive before what was typed.
  // Whoever asks while one waits shares it, so that nobody waits for more than two.
  let sending = Promise.resolve(), timer = 0, isQueued = false;
  const flush = () => {
    if (!isQueued) {
      isQueued = true;
      sending = sending.then(() => {
        isQueued = false;
        return Promise.all(local.names().map(send));
      }).catch(() => later(RetryMs));
    }
    return sending;
  };
  const later = (pause) => { clearTimeout(timer); timer = setTimeout(flush, pause); };
  const leave = () => local.names().forEach(send);
  addEventListener("pagehide", leave);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  document.addEventListener("focusout", (e) => { if (e.target.matches?.("[data-draft]")) flush(); });

  const store = (name, base, text) => {
    if (text === base && !kept.has(name) && !local.read(name)) return;
    const entry = text === base ? { at: Date.now() } : { base, text, at: Date.now() };
    kept.set(name, entry);
    local.write(name, entry);
    later(PauseMs);
  };

  // What was sent, until the next of the same place: a refusal gives it back, unless something newer was typed.
  const sent = new Map(), forgotten = new Map();
  const forget = async (place) => {
    const names = below(place).filter((x) => kept.has(x) || local.read(x));
    sent.set(short(place), names.map((x) => [x, kept.get(x) ?? local.read(x)]));
    if (names.length === 0) return;
    for (const name of names) {
      kept.delete(name);
      forgotten.set(name, Date.now());
      local.write(name, { at: Date.now() });
    }
    await flush();
  };
  const keep = (place) => {
    for (const [name, entry] of sent.get(short(place)) ?? [])
      if (entry.text !== undefined && !kept.has(name)) store(name, entry.base, entry.text);
    flush();
  };
  // For what one field does not hold: a form whose rows are added and removed.
  const write = (place, base, text) => {
    const known = fields.get(document.querySelector(`[data-draft="${CSS.escape(place)}"]`));
    if (known) known.isTouched = true;
    store(nameOf(place), base, text);
  };
  // What is selected in a list is of this tab alone; the portal learns nothing of it.
  const selectionOf = (place) => `${prefix}${nameOf(place)}:selection`;
  const select = (place, text) => (text ? sessionStorage.setItem(selectionOf(place), text) : sessionStorage.removeItem(selectionOf(place)));
  const selected = (place) => sessionStorage.getItem(selectionOf(place));
  window.portalDrafts = { forget, keep, write, select, selected };

  const isBox = (field) => field.type === "checkbox";
  const read = (field) => (isBox(field) ? String(field.checked) : field.value);
  const put = (field, text) => (isBox(field) ? (field.checked = text === "true") : (field.value = text));
  const first = (field) => (isBox(field) ? String(field.defaultChecked) : (field.defaultValue ?? field.querySelector("option[selected]")?.value ?? ""));

  // Of each field: its name, what it said before anybody typed, and whether somebody did. A draft comes back only where that still stands.
  const fields = new WeakMap();
  const meet = (field, base) => {
    const known = { name: nameOf(field.dataset.draft), base, isTouched: false };
    fields.set(field, known);
    seen.set(short(field.dataset.draft), known.name);
    return known;
  };
  const isMet = (field) => fields.get(field)?.name === nameOf(field.dataset.draft);
  let isRestoring = false;
  document.addEventListener("input", (e) => {
    const field = e.target;
    if (isRestoring || !person || !field.matches?.("[data-draft]")) return;
    const known = isMet(field) ? fields.get(field) : meet(field, first(field));
    known.isTouched = true;
    store(known.name, known.base, read(field));
  });

  // A field that is drawn by a circuit takes its text back; one that is only prerendered has nobody to hear of it.
  const restore = (field, entry) => {
    const known = fields.get(field);
    if (entry?.text === undefined || entry.text === null || !field.isConnected || known.isTouched || !isMet(field)) return;
    kept.set(known.name, entry);
    // Drawn again with what was typed in it.
    if (known.base === entry.text) known.base = entry.base;
    if (known.base !== entry.base || read(field) === entry.text) return;
    put(field, entry.text);
    isRestoring = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    isRestoring = false;
  };
  const list = async () => {
    try {
      const answer = await fetch(`api/v1/drafts?under=${encodeURIComponent(page())}`, { cache: "no-store", signal: AbortSignal.timeout(RetryMs) });
      return answer.ok ? (await answer.json()).items : [];
    } catch {
      return [];
    }
  };
  const meetAll = async () => {
    const found = person ? [...document.querySelectorAll("[data-draft][data-live]")].filter((x) => !isMet(x)) : [];
    if (found.length === 0) return;
    for (const field of found) restore(field, local.read(meet(field, read(field)).name));
    const rows = new Map((await list()).map((x) => [x.place, { base: x.before, text: x.text, at: Date.now() - x.age }]));
    for (const field of found) {
      const { name } = fields.get(field), mine = local.read(name), row = rows.get(name);
      if (row && row.at > Math.max(mine?.at ?? 0, forgotten.get(name) ?? 0)) restore(field, row);
    }
    if (local.names().length > 0) flush();
  };
  new MutationObserver(meetAll).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-live", "data-draft"] });
  meetAll();
})();
