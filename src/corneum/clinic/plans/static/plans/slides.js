// A slider above each number: both say the same. Without this script the numbers alone are typed.
import { read, tell, written } from "../ui/beside.js";

for (const form of document.querySelectorAll("[data-slides]")) {
  for (const number of form.querySelectorAll("input[data-slide]")) {
    const slide = document.createElement("input");
    slide.type = "range";
    for (const end of ["min", "max", "step"]) slide[end] = number.dataset[end];
    slide.value = read(number.value);
    slide.setAttribute("aria-label", form.querySelector(`label[for="${number.id}"]`)?.textContent.trim() ?? number.name);
    const pair = document.createElement("div");
    pair.className = "slide";
    number.before(pair);
    pair.append(slide, number);
    if (number.dataset.factor) {
      const said = document.createElement("small");
      said.id = number.dataset.beside = `${number.id}-beside`;
      said.className = "beside";
      pair.after(said);
      tell(number);
    }
    slide.addEventListener("input", () => { number.value = written(slide.value); tell(number); });
    number.addEventListener("input", () => { slide.value = read(number.value); });
  }
  form.querySelector("[data-plain]")?.setAttribute("hidden", "");
}
