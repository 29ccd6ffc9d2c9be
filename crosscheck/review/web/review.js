"use strict";
(() => {
  const body = document.body;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const editor = body.dataset.editor === "yes";
  const states = ["open", "confirmed", "dismissed", "resolved", "call"];

  // --- theme ---------------------------------------------------------------------------------
  const themes = ["automatic", "light", "dark"];
  const button = one("[data-theme-switch]");
  const paint = (theme) => {
    if (theme === "automatic") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = theme;
    if (button) button.querySelector("span").textContent = theme;
  };
  let theme = "automatic";
  try {
    theme = localStorage.getItem("crosscheck-theme") || theme;
  } catch {
    // a browser that keeps nothing starts with its own theme
  }
  paint(themes.includes(theme) ? theme : "automatic");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const now = button.querySelector("span").textContent;
      const next = themes[(themes.indexOf(now) + 1) % themes.length];
      paint(next);
      try {
        localStorage.setItem("crosscheck-theme", next);
      } catch {
        // as above
      }
    });
  }

  // --- what is said to those who wait --------------------------------------------------------
  const live = one("[data-live]");
  const tell = (text, link) => {
    live.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = link.href;
      anchor.textContent = link.text;
      live.append(" ", anchor);
    }
    live.hidden = false;
  };

  const send = async (path, data) => {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": body.dataset.csrf },
      body: JSON.stringify(data),
    });
    return { status: answer.status, data: await answer.json() };
  };

  // --- keys ----------------------------------------------------------------------------------
  const rows = all(".row");
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));
  const step = (by) => {
    if (body.dataset.page === "finding") {
      const link = one(by > 0 ? "a[rel=next]" : "a[rel=prev]");
      if (link) link.click();
      return;
    }
    if (!rows.length) return;
    const at = current();
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    row.querySelector("a").focus();
    row.scrollIntoView({ block: "nearest" });
  };

  const settle = async (row, path, data) => {
    const done = await send(path, { ...data, base: Number(row.dataset.revision) });
    const topic = row.querySelector("h2 bdi").textContent;
    if (done.status !== 201 && done.status !== 409) {
      tell(`${topic}: ${done.data.detail || "not recorded"}`);
      return;
    }
    const fresh = await (await fetch(`/api/v1/findings/${encodeURIComponent(row.dataset.id)}`)).json();
    row.dataset.revision = fresh.revision;
    body.dataset.seq = done.data.entry.seq;
    const label = row.querySelector("[data-state]");
    const name = fresh.reopened ? "reopened" : fresh.state;
    label.className = `state s-${name}`;
    label.textContent = all("[data-keys] dd")[states.indexOf(fresh.state) + 2].textContent.split(" (")[0];
    if (done.status === 409) {
      const first = done.data.since.map((entry) => `${entry.who || "an import"}: ${entry.state}`).join(", ");
      tell(`${topic} was changed since you looked (${first}). Your words are kept and have no effect.`);
    } else {
      tell(`${topic}: ${label.textContent}. Press u to undo, r to redo.`);
    }
  };

  const decide = (state) => {
    if (!editor) return;
    if (body.dataset.page === "list") {
      const row = rows[current()];
      if (!row) return;
      if (state === "resolved") row.querySelector("a").click();
      else settle(row, `/api/v1/findings/${encodeURIComponent(row.dataset.id)}/decisions`, { state });
      return;
    }
    const form = one("[data-decide]");
    if (!form) return;
    form.querySelector(`[value=${state}]`).checked = true;
    if (state === "resolved" && !form.elements.value.value) {
      form.elements.value.focus();
      return;
    }
    form.requestSubmit();
  };

  const back = (which) => {
    if (!editor) return;
    if (body.dataset.page === "list") {
      const row = rows[current()];
      if (row) settle(row, `/api/v1/findings/${encodeURIComponent(row.dataset.id)}/${which}`, {});
      return;
    }
    const form = one(`[data-${which}]`);
    if (form) form.requestSubmit();
  };

  const note = () => {
    if (body.dataset.page === "list") {
      const row = rows[current()];
      if (row) location.href = `${row.querySelector("a").href}#note`;
      return;
    }
    const field = one("#note");
    if (field) field.focus();
  };

  const dialog = one("[data-keys]");
  const help = one("[data-help]");
  if (help) {
    help.hidden = false;
    help.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName) && !/^(checkbox|radio)$/.test(event.target.type)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const acts = { j: () => step(1), k: () => step(-1), n: note, u: () => back("undo"), r: () => back("redo"), "?": () => dialog.showModal() };
    const act = /^[1-5]$/.test(event.key) ? () => decide(states[Number(event.key) - 1]) : acts[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  if (location.hash === "#note" && one("#note")) one("#note").focus();

  // --- passages: each text is scrolled to the first one that is marked -------------------------
  for (const text of all(".beside .text")) {
    const mark = text.querySelector("mark");
    if (mark) text.scrollTop = Math.max(mark.offsetTop - text.clientHeight / 3, 0);
  }

  // --- news ----------------------------------------------------------------------------------
  const look = async () => {
    if (document.hidden || !body.dataset.seq) return;
    try {
      const answer = await fetch(`/api/v1/changes?since=${body.dataset.seq}`);
      if (!answer.ok) return;
      const news = await answer.json();
      const mine = body.dataset.id;
      const here = (ids) => (mine ? ids.filter((id) => id === mine) : ids).length;
      const came = here(news.imported);
      const others = here(news.decided);
      if (!came && !others) return;
      const parts = [];
      if (came) parts.push(mine ? "Its evidence changed" : `${came} ${came === 1 ? "finding is" : "findings are"} new or changed`);
      if (others) parts.push(mine ? "somebody decided on it" : `${others} ${others === 1 ? "was" : "were"} decided on`);
      tell(`${parts.join(", ")}.`, { href: location.pathname + location.search, text: "Show" });
    } catch {
      // the server is away; the next look may find it
    }
  };
  if (body.dataset.seq) setInterval(look, 5000);
})();
