// Keys are declared in the markup: data-key="a", data-key="g r"; the rows of a list, [data-rows] [data-row], take j, k, x and Enter.
// data-rows names the value of the address that holds the row; "focus" keeps none.
(() => {
  const typing = (e) => e.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const shown = (el) => el.getClientRects().length > 0 && el.getAttribute("aria-disabled") !== "true" && !el.disabled;
  // Of several lists that of the focus is paged, else the first one; one that has no such page leaves the others where they are.
  const inPager = (all) => {
    let place = document.activeElement ?? document.body;
    while (!place.querySelector(".pager")) place = place.parentElement;
    return all.find((el) => el.closest(".pager") && place.contains(el));
  };
  const target = (key) => {
    const all = [...document.querySelectorAll("[data-key]")].filter((el) => el.dataset.key.split("|").includes(key) && shown(el));
    return all.at(-1)?.closest(".pager") ? inPager(all) : all.at(-1);
  };
  // A dialog or an open menu has the keys to itself.
  const covers = ".mud-dialog, .mud-popover-open, dialog[open]";
  let prefix = "", prefixAt = 0;

  const row = "[data-rows] [data-row]";
  const rows = () => [...document.querySelectorAll(row)].filter((el) => el.getClientRects().length > 0);
  // Where the focus is, is the row: a list that shows its row in the address learns of it only after a round trip.
  const current = () => document.activeElement?.closest(row) ?? document.querySelector(`:is(${row})[aria-selected=true]`);
  // The address changes here and not by the portal: an answer that arrives late would take a person back who has opened a row since.
  const show = (el) => {
    const name = el.closest("[data-rows]").dataset.rows;
    if (name === "focus" || document.documentElement.dataset.circuit === "lost") return;
    const url = new URL(location.href);
    if (url.searchParams.get(name) === el.dataset.row) return;
    url.searchParams.set(name, el.dataset.row);
    Blazor.navigateTo(url.href, { replaceHistoryEntry: true });
  };
  // From nowhere to the first or the last; past neither end.
  const beside = (all, at, step) => all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  // After a page was turned, the rows of that list.
  const rowsNear = () => {
    let place = document.activeElement?.closest(".pager");
    while (place && !place.querySelector(row)) place = place.parentElement;
    return place ? rows().filter((el) => place.contains(el)) : rows();
  };
  const move = (step, takesFocus = true) => {
    const all = rowsNear();
    const next = beside(all, all.indexOf(current()), step);
    if (!next) return;
    show(next);
    // A row that opens nothing takes the focus itself.
    const place = next.querySelector("[data-open]") ?? next;
    if (place === next) next.tabIndex = -1;
    if (takesFocus) place.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  // The pane beside a list is gone once it is closed, and the focus with it: it goes to the row that was shown there.
  const leavePane = () => {
    const shownRow = document.querySelector(`:is(${row})[aria-selected=true]`);
    shownRow?.querySelector("[data-open]")?.focus({ preventScroll: true });
    shownRow?.scrollIntoView({ block: "nearest" });
  };
  // Changes of a plan, wherever they are listed: the focus goes from one to the next.
  const goToChange = (step) => {
    const all = [...document.querySelectorAll("[data-change]")].filter(shown);
    const next = beside(all, all.indexOf(document.activeElement?.closest("[data-change]")), step);
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const inRow = {
    j: () => move(1),
    k: () => move(-1),
    x: () => current()?.querySelector("input[type=checkbox]")?.click(),
    Enter: () => current()?.querySelector("[data-open]")?.click(),
  };

  // The bar that says what is selected comes below the rows: the row that keys have reached stays in sight.
  const bars = document.getElementsByClassName("selection");
  let hadBar = false;
  new MutationObserver(() => {
    const hasBar = bars.length > 0, isNew = hasBar && !hadBar;
    hadBar = hasBar;
    if (isNew && document.activeElement?.matches(":focus-visible")) document.activeElement.closest("[data-row]")?.scrollIntoView({ block: "nearest" });
  }).observe(document.body, { subtree: true, childList: true });

  document.addEventListener("keydown", (e) => {
    // Ctrl+Enter sends what is typed. A decision is not made by it: data-sends="focus" only leads to the button.
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      const place = e.target.closest?.("[data-sends]"), send = place?.querySelector(".send");
      if (send && shown(send)) { e.preventDefault(); if (place.dataset.sends === "focus") send.focus(); else send.click(); }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") {
      const dialog = [...document.querySelectorAll(".mud-dialog")].at(-1);
      if (!dialog) { if (typing(e)) e.target.blur(); }
      // The library hears the key inside of its dialog alone, where the focus is a moment after the dialog is seen, and no more once the element that had it is gone.
      else if (!e.target.closest?.(".mud-dialog") && !document.querySelector(".mud-popover-open, dialog[open]")) {
        dialog.focus({ preventScroll: true });
        dialog.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        return;
      }
    }
    if (typing(e) || (document.querySelector(covers) && e.key !== "Escape")) return;
    if (e.key === "Enter" && e.target.closest?.("a, button, summary")) return;

    const key = prefix && e.timeStamp - prefixAt < 1200 ? `${prefix} ${e.key}` : e.key;
    prefix = "";
    if (e.key === "g" && key === "g") { prefix = "g"; prefixAt = e.timeStamp; return; }
    const el = document.querySelector(covers) ? null : target(key);
    if (el) {
      e.preventDefault();
      // The row that had the focus goes with its page: the next key is for the same list.
      const pager = el.closest(".pager");
      if (pager) { pager.tabIndex = -1; pager.focus({ preventScroll: true }); }
      if (el.matches("input, select, textarea")) el.focus(); else el.click();
    } else if (inRow[key] && rows().length > 0) {
      e.preventDefault();
      inRow[key]();
    }
  });

  // The library's arrows pass over what is no item of its own: the choices of the person's menu and the button that signs out. Where it has left
  // its own items it would also press the one that it was on, so its items are pressed from here.
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  document.addEventListener("keydown", (e) => {
    const menu = e.target.closest?.(".person-sheet");
    if (!menu || e.ctrlKey || e.metaKey || e.altKey) return;
    const all = [...menu.querySelectorAll("[role^=menuitem]")].filter(shown), at = all.indexOf(document.activeElement);
    const next = e.key === "Home" ? 0 : e.key === "End" ? -1 : steps[e.key] && (at + steps[e.key]) % all.length;
    if (next !== undefined) { e.preventDefault(); all.at(next).focus(); }
    else if (at < 0 || (e.key !== "Enter" && e.key !== " ")) return;
    else if (!all[at].matches("button")) { e.preventDefault(); all[at].click(); }
    e.stopImmediatePropagation();
  }, true);

  document.addEventListener("click", (e) => {
    const opener = e.target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    const step = e.target.closest?.("[data-step]");
    if (step) move(Number(step.dataset.step), false);
    if (e.target.closest?.("[data-leaves]")) leavePane();
    const chosen = e.target.closest?.(row);
    if (chosen && !e.target.closest("a, button, input, label, select, summary, .t-box, .acts")) show(chosen);
    const change = e.target.closest?.("[data-change-step]");
    if (change) goToChange(Number(change.dataset.changeStep));
  });
})();
