// The practitioner's side of the client's screen: what it shows is chosen here, as long as its window is open.
const place = document.querySelector("[data-second-screen]");

if (place && "BroadcastChannel" in window) {
  const channel = new BroadcastChannel(`corneum-plan-${place.dataset.secondScreen}`);
  const row = place.querySelector("[data-parts]");

  function choice({ id, title }, chosen) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    button.textContent = title;
    button.setAttribute("aria-pressed", String(id === chosen));
    // What is shown already is let go: nothing is picked out then.
    button.addEventListener("click", () => channel.postMessage({ show: id === chosen ? "" : id }));
    return button;
  }

  channel.addEventListener("message", ({ data }) => {
    if (!data.parts) return;
    const at = [...row.children].indexOf(document.activeElement);
    place.hidden = !data.parts.length;
    row.replaceChildren(...data.parts.map((part) => choice(part, data.chosen)));
    if (at >= 0) row.children[at]?.focus();
  });
  channel.postMessage({ ask: true });
}
