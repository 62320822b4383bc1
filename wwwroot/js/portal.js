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

  // A short tint on what changed in a place that asks for it; the change itself is all that the portal sends.
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const tint = (el) => {
    if (calm.matches || el.getAnimations().length > 0) return;
    const style = getComputedStyle(root);
    el.animate([{ backgroundColor: style.getPropertyValue("--accent-soft") }, { backgroundColor: "transparent" }], { duration: 1600, easing: "ease-out" });
  };
  document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
    for (const change of changes) {
      const cell = change.target.parentElement?.closest("[data-tint]");
      if (cell) tint(cell);
    }
  }).observe(document.body, { characterData: true, subtree: true }));

  document.addEventListener("click", (e) => { if (e.target.closest?.("[data-print]")) print(); });

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

  const watch = () => {
    const modal = document.getElementById("components-reconnect-modal");
    if (!modal) return;
    new MutationObserver(() => {
      note("circuit", is("show", "retrying", "failed", "rejected", "resume-failed") || (is("paused") && !document.hidden));
      if (is("failed", "rejected", "resume-failed")) retry();
    }).observe(modal, { attributeFilter: ["class"] });
  };
  const is = (...states) => states.some((s) => document.getElementById("components-reconnect-modal")?.classList.contains(`components-reconnect-${s}`));

  // A tab that nobody has looked at for half an hour keeps no circuit in the portal, and gets one again when somebody does. The circuit's
  // state comes back from the browser, so that another process of the portal goes on with it; where none can, the page is loaded again.
  const HiddenMs = 30 * 60 * 1000;
  let pausing = 0, paused = null;
  const resume = async () => {
    if (document.hidden || !is("paused")) return;
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

  document.addEventListener("DOMContentLoaded", watch);
})();
