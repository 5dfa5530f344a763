/* Asks the site's own search while somebody types, and shows the first results. Nothing is kept here: every answer comes
   from the server, which knows what this reader may see. Without this script the form leads to the page of results. */
(() => {
  "use strict";
  const PAUSE = 500, SHORTEST = 2, LONGEST_WAIT = 10000;
  const FAILED = '<p class="sb-found__count">We can’t search just now. Please try again in a minute.</p>';

  const attach = form => {
    const box = form.querySelector('input[name="words"]');
    const found = document.getElementById(form.dataset.sbSearch);
    if (!box || !found) return;
    const floats = found.hidden;
    const told = document.createElement("p");
    told.className = "sb-visually-hidden";
    told.setAttribute("role", "status");
    form.append(told);
    let due = 0, asking = null, shown = box.value.trim();

    const typed = () => box.value.trim();
    const links = () => [...found.querySelectorAll("a")];
    const close = () => { if (floats) found.hidden = true; };
    const show = html => {
      found.innerHTML = html;
      const count = found.querySelector(".sb-found__count");
      told.textContent = count ? count.textContent : "";
      if (floats) found.hidden = !count;
    };
    const stop = () => {
      clearTimeout(due);
      if (asking) asking.abort();
      asking = null;
    };

    const ask = async () => {
      const words = typed(), mine = asking = new AbortController();
      const late = setTimeout(() => mine.abort("late"), LONGEST_WAIT);
      try {
        const reply = await fetch("/search/box", {
          method: "POST", body: new URLSearchParams(new FormData(form)), cache: "no-store", redirect: "error", signal: mine.signal,
        });
        const html = [200, 403, 429].includes(reply.status) ? await reply.text() : FAILED;
        if (asking === mine) { shown = words; show(html); }
      } catch {
        if (asking === mine) { shown = ""; show(FAILED); }
      } finally {
        clearTimeout(late);
        if (asking === mine) asking = null;
      }
    };

    box.addEventListener("input", () => {
      stop();
      if (typed().length < SHORTEST) { shown = ""; if (floats) show(""); return; }
      if (typed() !== shown) due = setTimeout(ask, PAUSE);
      else if (floats) found.hidden = false;
    });
    form.addEventListener("submit", stop);
    if (!floats) return;

    box.addEventListener("focus", () => { if (found.innerHTML && typed() && typed() === shown) found.hidden = false; });
    box.addEventListener("keydown", event => {
      if (event.key === "Escape" && !found.hidden) { event.preventDefault(); stop(); close(); }
      if (event.key === "ArrowDown" && !found.hidden && links().length) { event.preventDefault(); links()[0].focus(); }
    });
    found.addEventListener("keydown", event => {
      if (event.key === "Escape") { event.preventDefault(); box.focus(); close(); return; }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = links(), at = all.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      (all[at + step] || (step < 0 ? box : all[at])).focus();
    });
    form.parentElement.addEventListener("focusout", event => {
      if (!form.parentElement.contains(event.relatedTarget)) { stop(); close(); }
    });
  };

  document.querySelectorAll("form[data-sb-search]").forEach(attach);
})();
