"use strict";
(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const controls = document.querySelector(".controls");
  const status = document.querySelector("[data-status]");
  const filters = all("[data-filter]");

  controls.hidden = false;

  const filter = () => {
    const kept = {};
    for (const set of filters) {
      kept[set.dataset.filter] = new Set(
        Array.from(set.querySelectorAll("input:checked"), (box) => box.value),
      );
    }
    for (const item of all("[data-verdict][data-kind]")) {
      item.hidden = !(kept.verdict.has(item.dataset.verdict) && kept.kind.has(item.dataset.kind));
    }
    const shown = all(".finding").filter((item) => !item.hidden).length;
    status.textContent = `${shown} findings shown`;
  };
  controls.addEventListener("change", filter);
  controls.addEventListener("submit", (event) => event.preventDefault());

  const themes = ["automatic", "light", "dark"];
  const button = document.querySelector("[data-theme-switch]");
  button.addEventListener("click", () => {
    const label = button.querySelector("span");
    const next = themes[(themes.indexOf(label.textContent) + 1) % themes.length];
    label.textContent = next;
    if (next === "automatic") {
      document.documentElement.removeAttribute("data-theme");
    } else {
      document.documentElement.dataset.theme = next;
    }
  });

  const open = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
      if (at.hidden && at.classList.contains("finding")) at.hidden = false;
    }
  };
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      open(target);
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", follow);
  if (location.hash) follow();

  const step = (by) => {
    const shown = all(".finding").filter((item) => item.offsetParent !== null);
    if (!shown.length) return;
    const at = shown.findIndex((item) => item.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
    const target = shown[Math.min(Math.max(next, 0), shown.length - 1)];
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") {
      return;
    }
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  window.addEventListener("beforeprint", () => {
    for (const details of all("details.quiet")) details.open = true;
  });
})();
