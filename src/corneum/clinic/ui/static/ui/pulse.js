// What a page of the staff asks by itself: how much waits, and whether a client reports an emergency. It asks while the
// page is looked at, and changes nothing under the finger of whoever uses it; a focus that nobody has used for a while
// comes back to where it was.
const CLOSED = "corneum-flags-closed";
const TOLD = "corneum-flags-told";
const REST = 30_000;

const listed = (name) => { try { return (sessionStorage.getItem(name) ?? "").split(" ").filter(Boolean); } catch { return []; } };
function keep(name, flags) {
  try { sessionStorage.setItem(name, [...new Set([...listed(name), ...flags])].slice(-200).join(" ")); } catch { /* told again */ }
}

let touched = -REST;
for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => { touched = performance.now(); }, true);
const isFocused = (place) => place.contains(document.activeElement) && performance.now() - touched < REST;
const inUse = (place) => isFocused(place) || place.querySelector("details[open], :active");
let left = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.elt;
  if (place.matches("[data-by-itself]") && (document.hidden || inUse(place))) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const place = event.detail.elt;
  if (!place.matches("[data-by-itself]")) return;
  if (inUse(place)) event.detail.shouldSwap = false;
  else left = focusIn(place);
});
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (left?.place !== target.id) return;
  refocus(target, left);
  left = null;
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) document.dispatchEvent(new Event("awake")); });
document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "pulse") renew(event.target); });

function focusIn(place) {
  const had = document.activeElement;
  return place.contains(had) ? { place: place.id, near: had.closest("[id]").id, name: had.localName, text: had.textContent } : null;
}

// Where the focus was, or else the line in which it was. What has a name of its own gets it back from htmx.
function refocus(place, { near, name, text }) {
  if (document.activeElement !== document.body) return;
  const line = document.getElementById(near) ?? place;
  const same = [...line.querySelectorAll(name)].find((one) => one.textContent === text) ?? line;
  if (same.tabIndex < 0) same.tabIndex = -1;
  same.focus({ preventScroll: true });
}

function renew(pulse) {
  for (const fresh of pulse.querySelectorAll("[data-for]")) {
    const place = document.getElementById(fresh.dataset.for);
    if (place && place.textContent.trim() !== fresh.textContent.trim()) place.replaceChildren(...fresh.cloneNode(true).childNodes);
  }
  tell(pulse.querySelector("#emergency"));
  pulse.replaceChildren();
}

// Each flag is read aloud once; the notice stays on every page until it is closed or somebody has seen the flag.
function tell(notice) {
  const shown = document.querySelector("#main > #emergency");
  const flags = notice?.dataset.flags.split(" ") ?? [];
  const open = flags.filter((flag) => !listed(CLOSED).includes(flag));
  if (!open.length) return shown?.remove();
  if (shown?.dataset.flags === notice.dataset.flags) return;
  if (open.some((flag) => !listed(TOLD).includes(flag))) notice.setAttribute("role", "alert");
  keep(TOLD, open);
  shown?.remove();
  document.getElementById("main").prepend(notice);
  for (const way of notice.querySelectorAll("a, [data-close]")) way.addEventListener("click", () => { keep(CLOSED, flags); notice.remove(); });
}
