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
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
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
// One alert, however often a page asks in vain.
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
const words = document.documentElement.lang === "de"
  ? { lost: "Keine Verbindung: nichts wurde geändert. Bitte noch einmal versuchen.", failed: "Das hat nicht geklappt: nichts wurde geändert." }
  : { lost: "No connection: nothing was changed. Please try again.", failed: "That failed: nothing was changed." };
document.addEventListener("htmx:sendError", () => told(words.lost));
document.addEventListener("htmx:responseError", () => told(words.failed));
document.addEventListener("htmx:afterRequest", (event) => {
  const there = document.getElementById("told");
  if (event.detail.successful && there?.textContent === words.lost) there.remove();
});
