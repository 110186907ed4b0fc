// Taps of a treatment that the clinic has not confirmed are sent from every page, and asked about before a log-out.
const STORE = "corneum-taps";
const label = document.getElementById("waiting");
const dialog = document.getElementById("unsent");
const leave = document.getElementById("log-out");

async function mayWait() {
  try { if (localStorage.getItem(STORE)) return true; } catch { /* a private window keeps nothing */ }
  if (!self.indexedDB) return false;
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some((one) => one.name === STORE);
}

const queue = () => import("../treatments/queue.js");

async function unsent() {
  if (!(await mayWait())) return [];
  return (await (await queue()).heldTaps()).filter((tap) => !tap.refused);
}

function told({ waiting, others, refused }) {
  const words = waiting ? label.dataset[waiting === 1 ? "one" : "many"].replace("#", waiting) : others ? label.dataset.other : "";
  label.hidden = !words && !refused.length;
  label.className = `queue no-print ${refused.length && !waiting ? "offline" : "waiting"}`;
  label.textContent = words;
  if (!words && refused.length) label.append(board(refused[0].url));
}

// A refusal is read and put away where it was tapped.
function board(url) {
  const link = document.createElement("a");
  link.href = url.replace(/[^/]+\/tap\/$/, "");
  link.textContent = label.dataset.refused;
  return link;
}

async function start() {
  // The board of a treatment has its own queue, and shows it.
  if (document.getElementById("board") || !(await mayWait())) return;
  const { Queue } = await queue();
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  (await Queue.open({ user: document.body.dataset.user, told, token })).soon();
}

// Nothing that waits is thrown away in silence; what no longer waits goes with the log-in.
async function asked(event) {
  event.preventDefault();
  let taps = [];
  try { taps = await unsent(); } catch { /* a store that cannot be read holds nothing that could be sent */ }
  if (taps.length) return dialog.showModal();
  goes();
}
function goes() {
  try { sessionStorage.clear(); } catch { /* there is none */ }
  leave.submit();
}

leave.addEventListener("submit", asked);
dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
dialog.querySelector("[data-leave]").addEventListener("click", goes);
if (navigator.serviceWorker) navigator.serviceWorker.register(`${label.dataset.worker}?language=${document.documentElement.lang}`).catch(() => {});
start();
