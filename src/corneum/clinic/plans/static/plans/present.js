// The client's screen: the whole of it where the browser offers that, and the part that the practitioner chose.
const button = document.querySelector("[data-present]");
if (button && document.fullscreenEnabled) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
}

// Only a window that a page opened can close itself.
const close = document.querySelector("[data-close]");
if (close && window.opener) {
  close.hidden = false;
  close.addEventListener("click", () => window.close());
}

const parts = [...document.querySelectorAll("main section[id]")];
const still = matchMedia("(prefers-reduced-motion: reduce)");
let chosen = "";

function show(id) {
  chosen = parts.some((part) => part.id === id) ? id : "";
  for (const part of parts) part.classList.toggle("chosen", part.id === chosen);
  document.getElementById(chosen)?.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
}

if ("BroadcastChannel" in window) {
  const channel = new BroadcastChannel(`corneum-plan-${document.body.dataset.plan}`);
  const here = () => channel.postMessage({ parts: parts.map((part) => ({ id: part.id, title: part.querySelector("h2").textContent })), chosen });
  channel.addEventListener("message", ({ data }) => {
    if (data.show !== undefined) show(data.show);
    if (data.show !== undefined || data.ask) here();
  });
  addEventListener("pagehide", () => channel.postMessage({ parts: [], chosen: "" }));
  here();
}
