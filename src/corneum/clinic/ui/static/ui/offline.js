// Says how many taps wait, and opens the page again as soon as there is a line.
import { heldTaps } from "../treatments/queue.js";

const place = document.getElementById("count");
const EVERY = 5000;

async function count() {
  const many = (await heldTaps()).filter((tap) => !tap.refused).length;
  place.hidden = !many;
  place.textContent = place.dataset[many === 1 ? "one" : "many"].replace("#", many);
}

async function again() {
  try { if ((await fetch(place.dataset.health, { cache: "no-store" })).ok) location.reload(); } catch { /* still none */ }
}

addEventListener("online", again);
document.getElementById("again").addEventListener("click", () => location.reload());
setInterval(again, EVERY);
await count();
