// Tells the circuit whether this tab is in the background and whether its person shows what they look at; a field with data-presence
// takes it as "visible shown" or "hidden private". Nothing here runs on a timer: hidden tabs' timers run once a minute.
(() => {
  const name = "presence";
  const isPrivate = () => document.cookie.split("; ").includes(`${name}=private`);
  const say = (field) => {
    field.value = `${document.hidden ? "hidden" : "visible"} ${isPrivate() ? "private" : "shown"}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const sayAll = () => document.querySelectorAll("[data-presence]").forEach(say);
  document.addEventListener("visibilitychange", sayAll);

  // Other tabs of this browser follow the choice at once.
  const tabs = new BroadcastChannel(name);
  tabs.addEventListener("message", sayAll);
  document.addEventListener("change", (e) => {
    if (!e.target.matches?.("[data-presence-shows]")) return;
    document.cookie = `${name}=${e.target.checked ? "shown" : "private"}; path=/; max-age=31536000; samesite=lax`;
    sayAll();
    tabs.postMessage("changed");
  });

  // The field is drawn by the circuit, so whoever finds it is heard.
  const told = new WeakSet();
  new MutationObserver(() => {
    for (const field of document.querySelectorAll("[data-presence]")) {
      if (told.has(field)) continue;
      told.add(field);
      say(field);
    }
  }).observe(document.documentElement, { subtree: true, childList: true });

  // An open list closes as a menu does.
  const close = (except) => document.querySelectorAll("details[data-closes][open]").forEach((x) => { if (!x.contains(except)) x.open = false; });
  document.addEventListener("click", (e) => close(e.target));
  document.addEventListener("keydown", (e) => {
    const open = e.key === "Escape" && e.target.closest?.("details[data-closes][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
})();
