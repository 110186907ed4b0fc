// What every page needs: menus close, found clients are reached with arrow keys, errors of fragments are told.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.me[open]")) if (!open.contains(event.target)) open.open = false;
  const found = document.getElementById("found");
  if (found && !found.parentElement.contains(event.target)) found.replaceChildren();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.getElementById("found")?.replaceChildren();
    document.querySelector("details.me[open]")?.removeAttribute("open");
  }
  const short = "shortcuts" in document.body.dataset && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (short && event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    document.getElementById("find")?.focus();
  }
  const links = [...document.querySelectorAll("#found a")];
  if (links.length && (event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest(".find")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = links.indexOf(document.activeElement) + step;
    (links[next] ?? document.getElementById("find")).focus();
  }
});
// The tabs of a record are one row: the page that is open is in its middle, whatever the width.
const here = document.querySelector(".record .tabs [aria-current]");
if (here) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
// One alert, however often a page asks in vain. That there is no connection goes with the first answer; what failed stays
// until something that a person did has worked. What a page asks by itself says nothing of a line that is lost.
const words = document.body.dataset;
const byItself = (event) => Boolean(event.detail?.elt?.matches?.("[data-by-itself]"));
function told(text) {
  const there = document.getElementById("told");
  if (there?.textContent === text) return;
  const notice = document.createElement("div");
  notice.id = "told";
  notice.className = "notice stop no-print";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  there?.remove();
  document.getElementById("main").prepend(notice);
}
document.addEventListener("htmx:sendError", (event) => byItself(event) || told(words.lost));
document.addEventListener("htmx:responseError", (event) => byItself(event) || told(words.failed));
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target?.removeAttribute("aria-busy");
  const there = document.getElementById("told");
  if (detail.successful && (there?.textContent === words.lost || detail.requestConfig?.triggeringEvent)) there?.remove();
});

// What is on its way is said of the place that changes; and where the swap took the focus away, that place gets it.
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (detail.requestConfig?.triggeringEvent) detail.target?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterSettle", ({ detail, target }) => {
  const asked = detail.requestConfig;
  if (!asked?.triggeringEvent || asked.elt.isConnected || document.activeElement !== document.body) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
});
