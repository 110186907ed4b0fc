// The board of an open session: a tap shows at once, waits in the queue, and the page follows the clinic's answer.
import { Queue, madeId } from "./queue.js";
import "../ui/beside.js";

const board = document.getElementById("board");
const light = document.getElementById("queue");
const refusals = document.getElementById("refused");
const address = board.dataset.tap;
let pending = 0;
// Taps that the browser's store has not taken yet: they wait as well.
let coming = 0;
let queue = null;

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
const all = (css, within = board) => [...within.querySelectorAll(css)];

function told({ state, waiting, others, refused, answer }) {
  pending = waiting + coming;
  const shown = pending && state === "saved" ? "waiting" : !pending && state === "waiting" ? "saved" : state;
  light.hidden = false;
  const name = !queue?.lasting ? "storage" : others && shown === "saved" ? "other" : shown;
  light.className = `queue no-print ${name}`;
  light.textContent = light.dataset[name] + (pending ? ` (${pending})` : "");
  refusals.replaceChildren(...refused.map(notice));
  if (!pending && answer?.html) swap(answer.html);
  if (!pending && answer?.sealed) location.reload();
}

function notice(tap) {
  const box = document.createElement("div");
  box.className = "notice stop row";
  const words = document.createElement("span");
  // A number alone is the code with which the clinic refused it.
  const why = /^\d+$/.test(tap.refused) ? `${light.dataset.refused} (${tap.refused}).` : tap.refused;
  words.textContent = `${why} ${tap.label ?? ""}`;
  const seen = document.createElement("button");
  seen.type = "button";
  seen.className = "second";
  seen.textContent = light.dataset.dismiss;
  seen.addEventListener("click", () => queue.dismiss(tap.order));
  box.append(words, seen);
  return box;
}

function swap(html) {
  const open = new Map(all("details[id]").map((one) => [one.id, one.open]));
  const typed = new Map(all("input[id], textarea[id], select[id]").filter(changed).map((one) => [one.id, one.value]));
  const focused = mark(document.activeElement);
  board.innerHTML = html;
  for (const one of all("details[id]")) if (open.has(one.id) && !one.classList.contains("group")) one.open = open.get(one.id);
  for (const [id, value] of typed) { const field = document.getElementById(id); if (field) field.value = value; }
  if (focused) board.querySelector(focused)?.focus({ preventScroll: true });
  tick();
}

function changed(field) {
  if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex > 0;
  return field.value !== field.defaultValue;
}

function mark(element) {
  if (!element || !board.contains(element)) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.key) return `[data-key="${CSS.escape(element.dataset.key)}"]`;
  return element.name === "tap" ? `[name="tap"][value="${CSS.escape(element.value)}"]` : "";
}

// What a tap says: the button first, then the fields of its form.
function fieldsOf(form, button) {
  const data = new FormData(form);
  const fields = new URLSearchParams(button?.name === "tap" ? button.value : data.get("tap") ?? "");
  const once = new Set();
  for (const [name, value] of data) {
    if (["csrfmiddlewaretoken", "id", "tap"].includes(name) || (name === "tap" && button)) continue;
    if (!once.has(name)) fields.delete(name);
    once.add(name);
    fields.append(name, value);
  }
  fields.set("id", madeId());
  fields.set("tapped_at", new Date().toISOString());
  return fields;
}

async function send(form, button) {
  const fields = fieldsOf(form, button);
  const label = (button?.textContent ?? "").trim().slice(0, 60);
  show(fields, button);
  coming += 1;
  pending += 1;
  light.hidden = false;
  light.className = "queue no-print waiting";
  light.textContent = `${light.dataset.waiting} (${pending})`;
  // A tap may come before the queue is open: it waits for it.
  await (await opening).add(address, [...fields], label, () => { coming -= 1; });
}

// Before the clinic answers: what the practitioner must see at once, connection or not.
function show(fields, button) {
  const kind = fields.get("kind");
  const zone = board.querySelector(`[data-zone="${CSS.escape(fields.get("zone") ?? "")}"]`) ?? button?.closest("[data-zone]");
  button?.classList.add("sent");
  if (button?.dataset.set) for (const one of all(`[data-set="${CSS.escape(button.dataset.set)}"][aria-pressed]`)) one.setAttribute("aria-pressed", String(one === button));
  if (button?.hasAttribute("data-flip")) flip(button);
  if (kind === "pass" && zone) passes(zone, 1, fields.get("id"));
  if (kind === "undo" && button?.hasAttribute("data-unpass")) passes(zone, -1, "");
  if (kind === "bleeding" && zone) close(zone);
  if (kind === "timer" && zone) run(zone, fields.get("on") === "1");
}

function flip(button) {
  const said = new URLSearchParams(button.value);
  const down = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(down));
  for (const [name, value] of said) {
    if (name === "on") said.set("on", value === "1" ? "0" : "1");
    if (name.startsWith("q-")) said.set(name, value === "no" ? "yes" : "no");
  }
  button.value = said.toString();
}

function passes(zone, step, id) {
  const count = Math.max(0, Number(zone.dataset.passes) + step);
  zone.dataset.passes = String(count);
  zone.querySelector("[data-count]").textContent = String(count);
  const known = (zone.dataset.taken ?? "").split(" ").filter(Boolean);
  const undo = zone.querySelector("[data-unpass]");
  const said = new URLSearchParams(undo.value);
  if (!zone.dataset.taken && said.get("entry")) known.push(said.get("entry"));
  if (step > 0) known.push(id); else known.pop();
  zone.dataset.taken = known.join(" ");
  said.set("entry", known.at(-1) ?? "");
  undo.value = said.toString();
  // Which pass came before the last one is known again once the clinic has answered.
  undo.disabled = !known.length;
  const up = count >= Number(zone.dataset.free);
  const over = count >= Number(zone.dataset.cap);
  zone.querySelector(".pass[data-pass]").hidden = up;
  zone.querySelector("[data-up]").hidden = !up;
  zone.querySelector("[data-capped]").hidden = !over;
  for (const one of all("[data-pass]", zone)) one.disabled = over;
}

function close(zone) {
  zone.classList.add("closed");
  zone.querySelector("[data-closed]").hidden = false;
  for (const one of all("[data-pass], [data-bleeding]", zone)) one.disabled = true;
  run(zone, false);
}

function run(zone, on) {
  const clock = zone.querySelector("[data-timer]");
  const button = zone.querySelector("[data-timer-button]");
  if (!on && clock.dataset.since) clock.dataset.seconds = String(Math.round(seconds(clock)));
  if (on && !clock.dataset.since) clock.dataset.since = new Date().toISOString();
  if (!on) delete clock.dataset.since;
  if (button) {
    const said = new URLSearchParams(button.value);
    said.set("on", on ? "0" : "1");
    button.value = said.toString();
    button.textContent = on ? button.dataset.stop : button.dataset.start;
  }
  tick();
}

function seconds(clock) {
  const since = clock.dataset.since ? (Date.now() - Date.parse(clock.dataset.since)) / 1000 : 0;
  return Number(clock.dataset.seconds || 0) + Math.max(0, since);
}

function tick() {
  let total = 0;
  for (const clock of all("[data-timer]")) { const now = Math.floor(seconds(clock)); total += now; clock.textContent = written(now); }
  const whole = board.querySelector("[data-total]");
  if (whole) whole.textContent = written(total);
}

const written = (now) => `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign], [data-plain]")) {
    if (pending) { event.preventDefault(); refusals.replaceChildren(warning()); refusals.scrollIntoView({ block: "center" }); }
    return;
  }
  // Not form.id: a field of that name stands in front of it.
  if (!form.matches("#taps, [data-form]")) return;
  event.preventDefault();
  send(form, event.submitter);
});

function warning() {
  const box = document.createElement("div");
  box.className = "notice wait";
  box.textContent = light.dataset.unsent;
  return box;
}

addEventListener("beforeunload", (event) => { if (pending && !queue?.lasting) event.preventDefault(); });
setInterval(tick, 1000);

const opening = Queue.open({ user: board.dataset.user, told, token });
queue = await opening;
queue.soon();
