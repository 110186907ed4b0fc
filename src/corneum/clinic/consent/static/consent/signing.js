// A field to sign in: strokes of a pen, finger or mouse; the picture travels with the form.
for (const pad of document.querySelectorAll("[data-pad]")) {
  const canvas = pad.querySelector("canvas");
  const kept = pad.querySelector("input[type=hidden]");
  const typed = pad.nextElementSibling?.querySelector("input[type=checkbox]");
  const pen = canvas.getContext("2d");
  pad.hidden = false;
  const ink = () => getComputedStyle(canvas).color;
  const start = () => { pen.lineWidth = 3; pen.lineCap = pen.lineJoin = "round"; pen.strokeStyle = ink(); };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    start();
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const point of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...at(point));
    pen.stroke();
  });
  const end = () => {
    if (!drawing) return;
    drawing = false;
    kept.value = canvas.toDataURL("image/png");
    if (typed) typed.checked = false;
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    kept.value = "";
  });
  if (kept.value) {
    const earlier = new Image();
    earlier.addEventListener("load", () => pen.drawImage(earlier, 0, 0));
    earlier.src = kept.value;
  }
}
