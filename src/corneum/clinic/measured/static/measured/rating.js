// Keys 1 to 7 choose an answer of a blinded rating.
const form = document.querySelector("[data-rating]");
form.querySelector("[data-keys]").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio]), textarea, select")) return;
  const choice = form.querySelectorAll("[name=choice]")[Number(event.key) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
});
