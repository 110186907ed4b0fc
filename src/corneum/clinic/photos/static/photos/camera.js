// The page of the camera: the view to take, what the clinic says of what is seen, the shutter, and what is accepted.
import { Device, drawn, whyNot } from "./device.js";
import { sent } from "./posting.js";

const EVERY = 700;
const AFTER_REFUSAL = 5000;
const SEEN_SIDE = 640;
const form = document.getElementById("camera");
const at = (id) => document.getElementById(id);
const [video, ghost, still, frame, hint, gates] = ["video", "ghost", "still", "frame", "hint", "gates"].map(at);
const words = Object.fromEntries([...at("words").content.children].map((one) => [one.dataset.word, one.textContent]));
const buttons = [...at("views").querySelectorAll("button")];
let device = null;
let chosen = { view: form.dataset.view, site: form.dataset.site };
let taken = null;
let busy = false;

function post(address, blob) {
  const data = new FormData();
  data.append("view", chosen.view);
  data.append("site", chosen.site);
  data.append("photograph", blob, "photograph.jpg");
  return sent(address, data, form.elements.csrfmiddlewaretoken);
}

/* the view */
const buttonOf = (view, site) => buttons.find((one) => one.dataset.view === view && one.dataset.site === site);
function choose(view, site) {
  chosen = { view, site };
  const button = buttonOf(view, site);
  for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
  if (button) at("site").value = "";
  at("view-title").textContent = button?.dataset.title ?? at("site").selectedOptions[0].textContent;
  at("view-how").textContent = button?.dataset.how ?? "";
  const source = button?.dataset.ghost;
  ghost.hidden = at("ghost-field").hidden = !source;
  if (source) ghost.src = source;
  else ghost.removeAttribute("src");
  gates.replaceChildren();
  fitGuide();
  retake();
}
function fitGuide() {
  const kind = at("guide-kind").value;
  const ofFace = !["close_up", "body"].includes(chosen.view);
  at("guide").toggleAttribute("hidden", kind !== "grid" && kind !== "both");
  at("oval").toggleAttribute("hidden", !ofFace || (kind !== "oval" && kind !== "both"));
}

/* what is seen */
function said(text, good) {
  if (hint.textContent !== text) hint.textContent = text;
  hint.classList.toggle("good", good);
  frame.classList.toggle("good", good);
}
function shown(found) {
  said(found.hint, Boolean(found.good));
  gates.replaceChildren(...found.gates.map((gate) => {
    const line = document.createElement("li");
    line.className = `tag ${gate.tone}`;
    line.textContent = gate.said ? `${gate.title} ${gate.said}` : gate.title;
    return line;
  }));
}
async function see() {
  if (!busy && !taken && device && video.videoWidth && !document.hidden) {
    busy = true;
    const asked = chosen;
    try {
      const found = await post(form.dataset.look, await drawn(video, SEEN_SIDE, 0.8));
      if (!taken && asked === chosen) found.told ? shown(found.told) : said(found.out ? words.out : `${words.blind} (${found.status})`, false);
      if (!found.told) await new Promise((done) => setTimeout(done, AFTER_REFUSAL));
    } catch {
      said(words.quiet, false);
    }
    busy = false;
  }
}

/* the shutter */
async function counted() {
  if (!at("timer").checked) return;
  at("count").hidden = false;
  for (const left of [3, 2, 1]) {
    at("count").textContent = left;
    await new Promise((done) => setTimeout(done, 1000));
  }
  at("count").hidden = true;
}
async function take() {
  if (taken || at("shutter").disabled) return;
  at("shutter").disabled = true;
  at("kept").hidden = true;
  await counted();
  taken = await device.photograph(video);
  const seen = await createImageBitmap(taken);
  still.width = seen.width;
  still.height = seen.height;
  still.getContext("2d").drawImage(seen, 0, 0);
  seen.close();
  still.hidden = at("decide").hidden = false;
  ghost.hidden = true;
  said(words.sure, true);
  at("accept").focus();
}
function retake() {
  taken = null;
  still.hidden = at("decide").hidden = true;
  ghost.hidden = !ghost.hasAttribute("src");
  at("shutter").disabled = !device;
}
async function accept() {
  if (!taken || at("accept").disabled) return;
  at("accept").disabled = at("retake").disabled = true;
  said(words.sending, true);
  try {
    const { ok, told, out, status } = await post(form.dataset.shot, taken);
    if (out) said(words.login, false);
    else if (!told) said(`${words.failed} (${status})`, false);
    else if (!ok) said(told.said, false);
    else kept(told);
  } catch {
    said(words.lost, false);
  }
  at("accept").disabled = at("retake").disabled = false;
}
function kept(told) {
  const button = buttonOf(chosen.view, chosen.site);
  if (button) {
    button.dataset.done = "";
    button.dataset.ghost ??= told.small.replace("small.jpg", "page.jpg");
  }
  const picture = new Image();
  picture.src = told.small;
  picture.alt = button?.dataset.title ?? "";
  const tag = document.createElement("span");
  tag.className = `tag ${told.tone}`;
  tag.textContent = told.said;
  const link = document.createElement("a");
  link.href = told.address;
  link.textContent = words.show;
  const line = document.createElement("p");
  line.append(`${words.kept} `, tag, " ", link);
  const advice = told.advice.map((text) => Object.assign(document.createElement("p"), { className: "hint", textContent: text }));
  const end = told.next ? [] : [Object.assign(document.createElement("p"), { textContent: words.all })];
  at("kept").replaceChildren(picture, line, ...advice, ...end);
  at("kept").hidden = false;
  if (told.next) choose(told.next.view, told.next.site);
  else retake();
  said(words.kept, true);
  at("shutter").focus();
}

/* the camera */
function refuse(why) {
  form.hidden = true;
  at("refused").hidden = false;
  const lines = [...at("refused").querySelectorAll("[data-why]")];
  const line = lines.find((one) => one.dataset.why === why) ?? lines.find((one) => one.dataset.why === "NotReadableError");
  for (const one of lines) one.hidden = one !== line;
}
function tellLock(held) {
  const list = (modes) => modes.map((mode) => words[mode]).join(", ");
  const parts = [held.length ? `${words.locked} ${list(held)}.` : "", device.missing.length ? `${words["not-offered"]} ${list(device.missing)}.` : ""];
  at("lock-said").textContent = parts.filter(Boolean).join(" ");
}
async function listed() {
  const options = (await Device.list()).map((one, number) => new Option(one.label || `${words.camera} ${number + 1}`, one.deviceId, false, one.deviceId === device.id));
  at("device").replaceChildren(...options);
}
async function open(id) {
  const why = whyNot();
  if (why) return refuse(why);
  device?.close();
  device = null;
  at("asking").hidden = !form.hidden;
  try {
    device = await Device.open(id);
  } catch (error) {
    return refuse(error.name === "OverconstrainedError" ? "NotFoundError" : error.name);
  } finally {
    at("asking").hidden = true;
  }
  at("refused").hidden = true;
  form.hidden = false;
  const opened = device;
  device.track.addEventListener("ended", () => { if (device === opened) refuse("ended"); });
  video.srcObject = device.stream;
  await video.play().catch(() => {});
  await listed();
  at("lock").checked = false;
  at("lock").disabled = !device.offered().length;
  tellLock([]);
  said(words.looking, false);
  retake();
}
// The ghost has the camera's scale: their longer sides are as long, whatever their shapes. The gate for the size of the
// face measures the same.
function fitGhost() {
  if (!ghost.naturalWidth || !video.videoWidth) return;
  const [wide, high] = [ghost.naturalWidth, ghost.naturalHeight].map((side) => side / Math.max(ghost.naturalWidth, ghost.naturalHeight));
  const longest = Math.max(video.videoWidth, video.videoHeight);
  const [width, height] = [(wide * longest) / video.videoWidth, (high * longest) / video.videoHeight];
  Object.assign(ghost.style, { width: `${100 * width}%`, height: `${100 * height}%`, left: `${50 * (1 - width)}%`, top: `${50 * (1 - height)}%` });
}
ghost.addEventListener("load", fitGhost);
video.addEventListener("resize", () => {
  fitGhost();
  frame.style.aspectRatio = `${video.videoWidth} / ${video.videoHeight}`;
  frame.style.width = `min(100%, calc(72vh * ${video.videoWidth / video.videoHeight}))`;
});

for (const one of buttons) one.addEventListener("click", () => choose(one.dataset.view, one.dataset.site));
at("site").addEventListener("change", () => { if (at("site").value) choose("close_up", at("site").value); });
at("shutter").addEventListener("click", take);
at("accept").addEventListener("click", accept);
at("retake").addEventListener("click", () => { retake(); at("shutter").focus(); });
at("again").addEventListener("click", () => open());
at("device").addEventListener("change", () => open(at("device").value));
at("ghost-share").addEventListener("input", () => { ghost.style.opacity = at("ghost-share").value / 100; });
at("guide-kind").addEventListener("change", fitGuide);
at("lock").addEventListener("change", async () => {
  const held = await device.lock(at("lock").checked);
  tellLock(at("lock").checked ? held : []);
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea, button, a, summary") || form.hidden) return;
  if (event.code === "Space" && "shortcuts" in document.body.dataset) { event.preventDefault(); taken ? accept() : take(); }
  if (event.key === "Escape" && taken) retake();
});
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("pagehide", () => device?.close());

choose(chosen.view, chosen.site);
await open();
setInterval(see, EVERY);
