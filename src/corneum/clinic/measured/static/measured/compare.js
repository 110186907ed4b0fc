// Two photographs, zoomed and moved together: slider, side by side, flicker and map of change. Without this script they
// stand side by side, and the maps as plain pictures.
const MOST_ZOOM = 12;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class Viewer {
  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(`[data-${name}]`);
    this.stage = this.find("stage");
    this.panes = Object.fromEntries([...root.querySelectorAll("[data-pane]")].map((pane) => [pane.dataset.pane, pane]));
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    Object.assign(this, { zoom: 1, x: 0, y: 0, edge: 50, fingers: new Map(), timer: null, second: false });
    for (const name of ["tools", "controls", "keys"]) this.find(name).hidden = false;
    this.stage.tabIndex = 0;
    root.classList.add("live");
    this.measure();
    this.listen();
    this.show("slider");
  }

  measure() {
    const picture = this.panes.baseline.querySelector("img");
    const know = () => {
      if (picture.naturalWidth) this.root.style.setProperty("--ratio", picture.naturalWidth / picture.naturalHeight);
    };
    know();
    picture.addEventListener("load", know);
  }

  listen() {
    for (const button of this.root.querySelectorAll("[data-mode]"))
      button.addEventListener("click", () => this.show(button.dataset.mode));
    for (const button of this.root.querySelectorAll("[data-zoom]"))
      button.addEventListener("click", () => this.zoomed(Number(button.dataset.zoom) || 0, 0.5, 0.5));
    this.find("slider").addEventListener("input", (event) => this.cut(Number(event.target.value)));
    this.find("switch").addEventListener("click", () => this.turn());
    this.find("start").addEventListener("click", () => this.run(!this.timer));
    this.find("rate").addEventListener("input", () => this.timer && this.run(true));
    this.calm.addEventListener("change", () => this.still());
    document.addEventListener("visibilitychange", () => document.hidden && this.run(false));
    this.find("index")?.addEventListener("change", () => this.map());
    this.find("strength")?.addEventListener("input", () => this.map());
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.stage.addEventListener("dblclick", (event) => this.zoomed(this.zoom > 1 ? 0 : 2.5, ...this.place(event)));
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"])
      this.stage.addEventListener(kind, (event) => this.finger(event));
    this.still();
  }

  show(mode) {
    this.mode = mode;
    this.root.dataset.way = mode;
    for (const button of this.root.querySelectorAll("[data-mode]"))
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    for (const part of this.root.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== mode;
    this.run(false);
    this.panes.map.hidden = mode !== "map";
    this.panes.followup.hidden = mode === "map";
    this.find("divider").hidden = mode !== "slider";
    if (mode === "map") this.map();
    this.cut(this.edge);
    this.turn(true);
  }

  cut(percent) {
    this.edge = percent;
    this.find("slider").value = percent;
    const pane = this.panes.followup.querySelector(".port");
    pane.style.clipPath = this.mode === "slider" ? `inset(0 0 0 ${percent}%)` : "";
    this.find("divider").style.left = `${percent}%`;
  }

  map() {
    const chosen = this.find("index").selectedOptions[0];
    const picture = this.panes.map.querySelector("img");
    if (picture.getAttribute("src") !== chosen.value) picture.src = chosen.value;
    picture.alt = chosen.dataset.alt;
    picture.style.opacity = this.find("strength").value / 100;
  }

  turn(second = !this.second) {
    this.second = second;
    const hidden = this.mode === "flicker" && !second;
    this.panes.followup.classList.toggle("under", hidden);
    this.panes.baseline.classList.toggle("under", this.mode === "flicker" && second);
    const shown = this.find("shown");
    // While it flickers by itself, nobody wants each change read aloud.
    if (!this.timer) shown.textContent = this.mode === "flicker" ? (second ? shown.dataset.followup : shown.dataset.baseline) : "";
  }

  run(on) {
    clearInterval(this.timer);
    const start = this.find("start");
    start.dataset.begin ??= start.textContent;
    const go = on && !this.calm.matches;
    this.timer = go ? setInterval(() => this.turn(), 1000 / clamp(Number(this.find("rate").value), 0.5, 2)) : null;
    start.textContent = go ? start.dataset.stop : start.dataset.begin;
    start.setAttribute("aria-pressed", String(go));
  }

  still() {
    this.find("start").disabled = this.find("rate").disabled = this.calm.matches;
    this.find("still").hidden = !this.calm.matches;
    if (this.calm.matches) this.run(false);
  }

  zoomed(by, right, down) {
    const next = by === 0 ? 1 : clamp(this.zoom * by, 1, MOST_ZOOM);
    this.x = right - ((right - this.x) * next) / this.zoom;
    this.y = down - ((down - this.y) * next) / this.zoom;
    this.zoom = next;
    this.draw();
  }

  moved(right, down) {
    this.x += right;
    this.y += down;
    this.draw();
  }

  draw() {
    this.x = clamp(this.x, 1 - this.zoom, 0);
    this.y = clamp(this.y, 1 - this.zoom, 0);
    const placed = `translate(${100 * this.x}%, ${100 * this.y}%) scale(${this.zoom})`;
    for (const pane of Object.values(this.panes)) pane.querySelector("img").style.transform = placed;
    this.stage.classList.toggle("near", this.zoom > 1);
    this.find("zoomed").textContent = `${Math.round(100 * this.zoom)} %`;
  }

  box(event) {
    const port = event.target.closest?.(".pane")?.querySelector(".port") ?? this.panes.baseline.querySelector(".port");
    return port.getBoundingClientRect();
  }

  place(event) {
    const box = this.box(event);
    return [clamp((event.clientX - box.left) / box.width, 0, 1), clamp((event.clientY - box.top) / box.height, 0, 1)];
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey && this.zoom === 1) return;
    event.preventDefault();
    this.zoomed(Math.exp(-event.deltaY / 300), ...this.place(event));
  }

  key(event) {
    const step = 0.1;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const zooms = "shortcuts" in document.body.dataset ? { "+": 1.5, "=": 1.5, "-": 1 / 1.5, 0: 0 } : {};
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in zooms) this.zoomed(zooms[event.key], 0.5, 0.5);
    else if (event.key in moves && this.zoom > 1) this.moved(...moves[event.key]);
    else if (event.key === " " && this.mode === "flicker") this.turn();
    else return;
    event.preventDefault();
  }

  finger(event) {
    if (event.type === "pointerdown") {
      if (event.button) return;
      this.dragsEdge = this.mode === "slider" && event.target === this.find("divider");
      if (this.dragsEdge || this.zoom > 1 || event.pointerType === "touch") this.stage.setPointerCapture(event.pointerId);
      this.fingers.set(event.pointerId, event);
      this.held = this.box(event);
      return;
    }
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    if (event.type !== "pointermove") {
      this.fingers.delete(event.pointerId);
      this.dragsEdge = false;
      return;
    }
    const other = [...this.fingers.values()].find((one) => one.pointerId !== event.pointerId);
    const apart = (one, two) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    if (this.dragsEdge) this.cut(clamp((100 * (event.clientX - this.held.left)) / this.held.width, 0, 100));
    else if (other) {
      const middle = [(event.clientX + other.clientX) / 2 - this.held.left, (event.clientY + other.clientY) / 2 - this.held.top];
      this.zoomed(apart(event, other) / Math.max(1, apart(before, other)), middle[0] / this.held.width, middle[1] / this.held.height);
    } else if (this.zoom > 1)
      this.moved((event.clientX - before.clientX) / this.held.width, (event.clientY - before.clientY) / this.held.height);
    this.fingers.set(event.pointerId, event);
  }
}

for (const root of document.querySelectorAll("[data-viewer]")) new Viewer(root);
for (const form of document.querySelectorAll("[data-choose]")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".numbers details[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
for (const button of document.querySelectorAll(".numbers [data-close]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = button.closest("details");
    open.open = false;
    open.querySelector("summary").focus();
  });
}
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".numbers details[open]")) if (!open.contains(event.target)) open.open = false;
});
