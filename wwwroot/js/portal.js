// What needs the browser and no round trip: ages that refresh by themselves, and the state of the circuit.
(() => {
  const root = document.documentElement;

  // The words are TimeAgo's own; the text node is changed in place, so that the circuit's next update still finds it.
  const words = {
    en: ["just now", "{0} min ago", "{0} h ago", "{0} d ago"],
    es: ["ahora mismo", "hace {0} min", "hace {0} h", "hace {0} d"],
    de: ["gerade eben", "vor {0} min", "vor {0} h", "vor {0} T."],
  }[root.lang] ?? [];
  const say = (index, number) => words[index]?.replace("{0}", Math.round(number));
  const age = (seconds) => seconds < 45 ? say(0)
    : seconds < 3570 ? say(1, Math.max(1, seconds / 60))
    : seconds < 84600 ? say(2, seconds / 3600)
    : say(3, seconds / 86400);
  setInterval(() => {
    for (const time of document.querySelectorAll("time[data-age]")) {
      const text = age((Date.now() - Date.parse(time.dateTime)) / 1000), node = time.firstChild;
      if (text && node && node.nodeType === Node.TEXT_NODE && node.data !== text) node.data = text;
    }
  }, 10000);

  // Lost: the browser is offline, nothing came from the portal for three seconds (it sends a frame each second), or Blazor says so by
  // the classes of #components-reconnect-modal. The frame shows it as a banner and beside the person's menu.
  const SilenceMs = 3000;
  const reasons = new Set();
  const note = (reason, lost) => {
    if (lost === reasons.has(reason)) return;
    if (lost) reasons.add(reason); else reasons.delete(reason);
    if (reasons.size > 0 && root.dataset.circuit !== "lost") {
      root.dataset.circuit = "lost";
      const since = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
      for (const el of document.querySelectorAll("[data-lost-since]")) el.textContent = since;
      if (reasons.has("circuit")) stillIn();
    } else if (reasons.size === 0 && root.dataset.circuit === "lost") {
      root.dataset.circuit = "live";
    }
  };
  addEventListener("offline", () => note("offline", true));
  addEventListener("online", () => note("offline", false));

  // Blazor keeps its socket to itself, so it is listened to where it is made.
  let heardAt = 0;
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      if (!String(args[0]).includes("_blazor")) return;
      this.addEventListener("message", () => { heardAt = performance.now(); note("silence", false); });
      this.addEventListener("close", () => { heardAt = 0; note("silence", false); });
    }
  };
  setInterval(() => { if (heardAt > 0 && performance.now() - heardAt > SilenceMs) note("silence", true); }, 500);

  // What is live says how old it is, and goes on counting while nothing comes.
  let lastHeard = 0;
  setInterval(() => {
    if (heardAt > 0) lastHeard = heardAt;
    for (const el of document.querySelectorAll("[data-heard]")) {
      const text = el.dataset.heard.replace("{0}", Math.max(1, Math.round((performance.now() - lastHeard) / 1000))), node = el.firstChild;
      if (lastHeard > 0 && node && node.nodeType === Node.TEXT_NODE && node.data !== text) node.data = text;
    }
  }, 1000);

  // A short tint on what changed: a cell of a list, or a place that asks for it. The change itself is all that the portal sends. The rooms of a
  // run ask for it cell by cell, since some of theirs change all the time; what only says how old something is has not changed.
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const tint = (el) => {
    if (calm.matches || el.getAnimations().length > 0) return;
    const style = getComputedStyle(root);
    el.animate([{ backgroundColor: style.getPropertyValue("--accent-soft") }, { backgroundColor: "transparent" }], { duration: 1600, easing: "ease-out" });
  };
  document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
    for (const change of changes) {
      const text = change.target.parentElement;
      const cell = text?.closest("[data-tint], .grid tbody td");
      if (cell && !text.closest("[data-age], [data-heard]") && (cell.matches("[data-tint]") || !cell.closest(".transfers"))) tint(cell);
    }
  }).observe(document.body, { characterData: true, subtree: true }));

  // Paper shows what is closed on the screen, too: it is opened first, and what it reads has five seconds.
  const closed = () => [...document.querySelectorAll("[data-prints] .mud-expand-panel-header:has(.mud-expand-panel-icon:not(.mud-transform)), [data-prints] > details:not([open])")];
  const printAll = async () => {
    closed().forEach((head) => head.matches("details") ? head.open = true : head.click());
    const isReady = () => closed().length === 0 && !document.querySelector("[data-prints]:is([aria-busy=true], [data-unread])");
    for (let tries = 0; tries < 50 && !isReady(); tries++) await new Promise((done) => setTimeout(done, 100));
    requestAnimationFrame(() => print());
  };
  document.addEventListener("click", (e) => { if (e.target.closest?.("[data-print]")) printAll(); });
  document.addEventListener("keydown", (e) => {
    if (e.key.toLowerCase() !== "p" || !(e.ctrlKey || e.metaKey) || e.shiftKey || e.altKey || closed().length === 0) return;
    e.preventDefault();
    printAll();
  });

  // What had the focus and is drawn no more gives it on: a title to the one that is drawn in its place once its page was read, a button to the first thing that can
  // take it in what is left around it. A whole new page begins at its title.
  const takes = "a[href], button, input, select, textarea, summary, [tabindex]";
  const visible = (el) => el.getClientRects().length > 0 && !el.disabled;
  let held = null, around = [];
  const hold = (el) => {
    [held, around] = [el?.closest?.("main") ? el : null, []];
    for (let up = held?.parentElement; up && !up.matches("main, .page"); up = up.parentElement) around.push(up);
  };
  // A dialog gives the focus back to what opened it, which may be gone by then.
  document.addEventListener("focusin", (e) => { if (!e.target.closest?.(".mud-dialog, .mud-popover")) hold(e.target); });
  document.addEventListener("pointerdown", (e) => { if (!e.target.closest?.(takes)) hold(null); });
  new MutationObserver(() => {
    if (!held || held.isConnected || document.activeElement !== document.body) return;
    const [was, left] = [held, around.find((el) => el.isConnected)];
    hold(null);
    const next = was.matches("h1") ? document.querySelector("main h1") : [...left?.querySelectorAll(takes) ?? []].find(visible);
    next?.focus({ preventScroll: true });
  }).observe(root, { subtree: true, childList: true });

  // The first field that is wrong takes the focus once a form was refused: where it is sent, or where its first button is pressed; any where data-form says so.
  const wrong = (form) => form.querySelector("[aria-invalid=true]")
    ?? form.querySelector(".problem:not(:empty)")?.closest(".window, .field, fieldset, form")?.querySelector("input:not(:checked), select, textarea");
  const leadToWrong = (form) => {
    const gone = new AbortController();
    const stop = () => { seen.disconnect(); clearTimeout(late); clearTimeout(never); gone.abort(); };
    const look = () => { const field = wrong(form); if (field) { stop(); if (document.activeElement !== field) field.focus(); } };
    const seen = new MutationObserver(look);
    seen.observe(form, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-invalid"] });
    // What was wrong before and is so still changes nothing. A slow portal answers later; whoever goes on meanwhile is not led away.
    const late = setTimeout(look, 1000), never = setTimeout(stop, 30000);
    for (const act of ["keydown", "pointerdown"]) addEventListener(act, stop, { capture: true, signal: gone.signal });
  };
  document.addEventListener("submit", (e) => leadToWrong(e.target), true);
  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("[data-form] :is(.action.p, .btn.p), [data-form=any] .action");
    if (button) leadToWrong(button.closest("[data-form]"));
  });

  // Copies the text of the element that a button names. Without a secure context browsers know the older way only.
  document.addEventListener("click", async (e) => {
    const button = e.target.closest?.("[data-copies]"), source = button && document.getElementById(button.dataset.copies);
    if (!source) return;
    getSelection().selectAllChildren(source);
    if (navigator.clipboard) await navigator.clipboard.writeText(source.textContent); else document.execCommand("copy");
    const label = button.querySelector("span")?.firstChild, said = label?.data;
    if (!label || said === button.dataset.copied) return;
    label.data = button.dataset.copied;
    setTimeout(() => { label.data = said; }, 2000);
  });

  let isTakenUp = false;
  const watch = () => {
    const modal = document.getElementById("components-reconnect-modal");
    if (!modal) return;
    new MutationObserver(() => {
      isTakenUp &&= is("paused");
      note("circuit", is("show", "retrying", "failed", "rejected", "resume-failed") || (is("paused") && !document.hidden));
      if (is("failed", "rejected", "resume-failed")) retry();
    }).observe(modal, { attributeFilter: ["class"] });
  };
  const is = (...states) => states.some((s) => document.getElementById("components-reconnect-modal")?.classList.contains(`components-reconnect-${s}`));

  // A tab that nobody has looked at for half an hour keeps no circuit in the portal, and gets one again when somebody does. The circuit's
  // state comes back from the browser, so that another process of the portal goes on with it; where none can, the page is loaded again.
  const HiddenMs = 30 * 60 * 1000;
  let pausing = 0, paused = null;
  // Once for each pause: a window that is shown gets the focus as well, and a second asking is refused, while the first is under way and when it has ended.
  const resume = async () => {
    if (document.hidden || isTakenUp || !is("paused")) return;
    isTakenUp = true;
    note("circuit", true);
    await paused;
    if (!await Blazor.resumeCircuit().catch(() => false)) retry();
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(pausing);
    if (document.hidden) pausing = setTimeout(() => { paused = Blazor.pauseCircuit().catch(() => false); }, HiddenMs);
    else resume();
  });
  for (const act of ["focus", "pointerdown", "keydown"]) addEventListener(act, resume, true);

  // A session that ended while the connection was away would be refused at each attempt to come back: then sign-in is the truth.
  const stillIn = async () => {
    while (reasons.has("circuit")) {
      try {
        const answer = await fetch("api/v1/me", { cache: "no-store" });
        if (answer.status === 401 || answer.status === 403) { location.reload(); return; }
      } catch { /* the portal is away, not the session */ }
      await new Promise((done) => setTimeout(done, 3000));
    }
  };

  // After the circuit gave up: as soon as the portal answers again, show the truth.
  let retrying = false;
  const retry = async () => {
    if (retrying) return;
    retrying = true;
    for (;;) {
      try {
        const answer = await fetch("health/live", { cache: "no-store" });
        if (answer.ok) { location.reload(); return; }
      } catch { /* still away */ }
      await new Promise((done) => setTimeout(done, 2000));
    }
  };

  // A list that no address leads to comes over the circuit and is saved here.
  const save = async (name, type, stream) => {
    const href = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type }));
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  };
  window.portalFiles = { save };

  // The head is sent once and has no circuit: a page that is opened in one tells its name.
  window.portalTitle = { show: (title) => { document.title = title; } };

  document.addEventListener("DOMContentLoaded", watch);
})();
