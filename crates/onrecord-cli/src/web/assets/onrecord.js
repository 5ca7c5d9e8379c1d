// Keys and the evidence pane. Every page and link works without this file.
//   j, k  next and previous line      Enter  open its evidence      o  open its page
//   /     search                      c      copy its citation      Esc  close the pane
"use strict";
(() => {
  const lines = () => [...document.querySelectorAll("[data-line]")];
  const pane = document.getElementById("evidence");
  let at = lines().findIndex((line) => line.hasAttribute("aria-current"));

  const say = (words) => {
    const old = document.querySelector(".toast");
    if (old) old.remove();
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.setAttribute("role", "status");
    toast.textContent = words;
    document.body.append(toast);
    setTimeout(() => toast.remove(), 2500);
  };

  const go = (to) => {
    const all = lines();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, to));
    all.forEach((line) => line.removeAttribute("aria-current"));
    const line = all[at];
    line.setAttribute("aria-current", "true");
    const target = line.querySelector("a") || line;
    target.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  };

  const open = async (line) => {
    const from = line.dataset.evidence;
    if (!pane || !from) {
      const link = line.querySelector("a");
      if (link) location.href = link.href;
      return;
    }
    const answer = await fetch(from);
    if (!answer.ok) return say("This evidence could not be loaded.");
    // The fragment comes from this server, which escapes whatever reports contain.
    pane.innerHTML = await answer.text();
    pane.classList.add("open");
    const url = new URL(location.href);
    url.searchParams.set("open", line.dataset.line);
    history.replaceState(null, "", url);
    pane.focus({ preventScroll: true });
    pane.scrollTop = 0;
    if (pane.getBoundingClientRect().top < 0 || pane.getBoundingClientRect().top > innerHeight) pane.scrollIntoView();
  };

  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      say("Citation copied.");
    } catch {
      say("The browser did not let us copy. The citation: " + words);
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (field) field.blur();
      else if (pane && at >= 0) go(at);
      return;
    }
    if (field) return;
    const current = lines()[at];
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "/") document.getElementById("search").focus();
    else if (event.key === "c" && current && current.dataset.cite) copy(current.dataset.cite);
    else if (event.key === "o" && current && current.querySelector("a")) location.href = current.querySelector("a").href;
    else if (event.key === "Enter" && current && current.contains(event.target)) open(current);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button.dataset.copy);
  });
  // A line that is focused with Tab is the current line for j, k, c and Enter.
  document.addEventListener("focusin", (event) => {
    const line = event.target.closest("[data-line]");
    if (line) at = lines().indexOf(line);
  });
  // Filters apply as soon as they change; without script there is a button.
  document.querySelectorAll("form[data-auto]").forEach((form) => {
    form.addEventListener("change", () => form.requestSubmit());
    form.querySelectorAll("[data-submit]").forEach((button) => { button.hidden = true; });
  });
  document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
})();
