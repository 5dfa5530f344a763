/* What HTML alone doesn't do for the menu, the list "On this page", wide tables and the choice of colours. Without this
   script the browser still opens and closes the menu, says whether it is open and closes it with Escape. */
(() => {
  "use strict";

  const FOCUSABLE = "a[href], button, summary, input:not([type=radio]), input[type=radio]:checked";

  /* The menu on a phone is a dialog while it is open: nothing behind it can be reached. */
  function drawer(button, panel, wide) {
    const silent = [];
    const stops = () => [...panel.querySelectorAll(FOCUSABLE)].filter((one) => one.checkVisibility());

    function hold() {
      for (let inside = panel; inside !== document.body; inside = inside.parentElement)
        for (const other of inside.parentElement.children)
          if (other !== inside && !other.inert) {
            other.inert = true;
            silent.push(other);
          }
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-modal", "true");
      panel.setAttribute("aria-label", button.innerText.trim());
      if (!panel.contains(document.activeElement)) stops()[0]?.focus();
    }

    function release() {
      for (const one of silent.splice(0)) one.inert = false;
      for (const name of ["role", "aria-modal", "aria-label"]) panel.removeAttribute(name);
    }

    const shown = (open) => button.setAttribute("aria-expanded", String(open));
    const close = () => panel.matches(":popover-open") && panel.hidePopover();

    shown(false);
    // Before it closes, so that the browser can give the focus back to the button; after it has opened, when the focus
    // has left what is to be silent.
    panel.addEventListener("beforetoggle", (event) => event.newState === "closed" && release());
    panel.addEventListener("toggle", (event) => {
      shown(event.newState === "open");
      if (event.newState === "open") hold();
      else if (document.activeElement === document.body || !document.activeElement) button.focus();
    });
    panel.addEventListener("keydown", (event) => {
      if (!panel.matches(":popover-open")) return;
      event.stopPropagation(); // Material acts on single letters typed anywhere
      if (event.key !== "Tab") return;
      const all = stops();
      const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
      if (document.activeElement !== from && panel.contains(document.activeElement)) return;
      event.preventDefault();
      to.focus();
    });
    wide.addEventListener("change", close);
    window.addEventListener("pagehide", close);
  }

  /* On a phone the list is folded away; following a link of it, or Escape, folds it again. */
  function contents(list) {
    const fold = list.querySelector("summary");
    list.addEventListener("click", (event) => event.target.closest("a") && (list.open = false));
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !list.open) return;
      list.open = false;
      fold.focus();
    });
  }

  /* A table that is wider than its box is scrolled with the keyboard as well; one that fits is no stop on the way. */
  function table(box) {
    const name = box.getAttribute("aria-label") ?? box.querySelector("caption")?.textContent.trim();
    const seen = new ResizeObserver(() => {
      const fits = box.scrollWidth <= box.clientWidth;
      for (const [what, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", name]])
        if (fits || !value) box.removeAttribute(what);
        else box.setAttribute(what, value);
    });
    seen.observe(box);
    seen.observe(box.querySelector("table")); // it grows by itself when its letters change
  }

  /* Material remembers the choice and paints it, and leaves the button unmarked. */
  function colours(group) {
    const kept = typeof __md_get === "function" ? __md_get("__palette") : null;
    const chosen = group.querySelectorAll("input")[kept?.index ?? 0];
    if (chosen) chosen.checked = true;
  }

  const panel = document.getElementById("sb-drawer");
  const button = document.getElementById("sb-menu");
  if (panel?.showPopover && button) drawer(button, panel, matchMedia("(min-width: 76.25em)"));
  document.querySelectorAll("details.sb-contents__fold").forEach(contents);
  document.querySelectorAll(".sb-table-box").forEach(table);
  document.querySelectorAll(".sb-colours").forEach(colours);
})();
