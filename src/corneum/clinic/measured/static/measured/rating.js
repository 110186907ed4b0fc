// Keys 1 to 7 choose an answer of a blinded rating, for whoever has not turned them off.
const form = document.querySelector("[data-rating]");
const short = "shortcuts" in document.body.dataset;
form.querySelector("[data-keys]").hidden = !short;
document.addEventListener("keydown", (event) => {
  if (!short || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
  const choice = form.querySelectorAll("[name=choice]")[Number(event.key) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
});
