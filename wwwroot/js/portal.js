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

  // Blazor marks #components-reconnect-modal with classes; the frame shows it as a banner and on the badge.
  const watch = () => {
    const modal = document.getElementById("components-reconnect-modal");
    if (!modal) return;
    const note = () => {
      const lost = ["show", "retrying", "paused", "failed", "rejected"].some((s) => modal.classList.contains(`components-reconnect-${s}`));
      if (lost && root.dataset.circuit !== "lost") {
        root.dataset.circuit = "lost";
        const since = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
        for (const el of document.querySelectorAll("[data-lost-since]")) el.textContent = since;
        stillIn();
      } else if (!lost && root.dataset.circuit === "lost") {
        root.dataset.circuit = "live";
      }
      if (modal.classList.contains("components-reconnect-failed") || modal.classList.contains("components-reconnect-rejected")) retry();
    };
    new MutationObserver(note).observe(modal, { attributeFilter: ["class"] });
  };

  // A session that ended while the connection was away would be refused at each attempt to come back: then sign-in is the truth.
  const stillIn = async () => {
    while (root.dataset.circuit === "lost") {
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
