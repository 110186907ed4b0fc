// What a page of the staff asks by itself: how much waits, and whether a client reports an emergency. It asks while the
// page is looked at, and changes nothing under the finger or the focus of whoever uses it.
const CLOSED = "corneum-flags-closed";
const TOLD = "corneum-flags-told";

const listed = (name) => { try { return (sessionStorage.getItem(name) ?? "").split(" ").filter(Boolean); } catch { return []; } };
function keep(name, flags) {
  try { sessionStorage.setItem(name, [...new Set([...listed(name), ...flags])].slice(-200).join(" ")); } catch { /* told again */ }
}

const inUse = (place) => place.contains(document.activeElement) || place.querySelector("details[open], :active");

document.addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.elt;
  if (place.matches("[data-by-itself]") && (document.hidden || inUse(place))) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const place = event.detail.elt;
  if (place.matches("[data-by-itself]") && inUse(place)) event.detail.shouldSwap = false;
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) document.dispatchEvent(new Event("awake")); });
document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "pulse") renew(event.target); });

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
