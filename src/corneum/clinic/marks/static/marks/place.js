// A tap on the drawing says where in the zone a mark is; without this, the form asks for it in words.
const SVG = "http://www.w3.org/2000/svg";

function placeIn(link, event) {
  const svg = link.ownerSVGElement;
  // A key press has no point: then the zone alone is said.
  if (!event.detail && !event.clientX) return null;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const [left, top, right, bottom] = link.dataset.box.split(" ").map(Number);
  const share = (value, low, high) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  return { at, place: [share(at.x, left, right), share(at.y, top, bottom)].map((one) => one.toFixed(3)).join(",") };
}

function show(svg, at) {
  for (const old of document.querySelectorAll(".tapped")) old.remove();
  const ring = document.createElementNS(SVG, "circle");
  for (const [name, value] of Object.entries({ class: "tapped", cx: at.x, cy: at.y, r: 5 })) ring.setAttribute(name, value);
  svg.append(ring);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".body-map a[data-zone]");
  const room = document.getElementById("place");
  if (!link || !room || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const found = placeIn(link, event);
  if (found) show(link.ownerSVGElement, found.at);
  const address = new URL(link.href.baseVal, location.href);
  if (found) address.searchParams.set("place", found.place);
  window.htmx.ajax("GET", address.pathname + address.search, { target: room, swap: "innerHTML" }).then(() => {
    room.scrollIntoView({ block: "nearest" });
    room.querySelector("#id_diameter")?.focus({ preventScroll: true });
  });
});
