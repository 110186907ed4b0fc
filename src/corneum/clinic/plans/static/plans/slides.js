// A slider above each number: both say the same. Without this script the numbers alone are typed.
for (const form of document.querySelectorAll("[data-slides]")) {
  for (const number of form.querySelectorAll("input[data-slide]")) {
    const slide = document.createElement("input");
    slide.type = "range";
    for (const end of ["min", "max", "step"]) slide[end] = number[end];
    slide.value = number.value;
    slide.setAttribute("aria-label", form.querySelector(`label[for="${number.id}"]`)?.textContent.trim() ?? number.name);
    const pair = document.createElement("div");
    pair.className = "slide";
    number.before(pair);
    pair.append(slide, number);
    slide.addEventListener("input", () => { number.value = slide.value; });
    number.addEventListener("input", () => { slide.value = number.value; });
  }
  form.querySelector("[data-plain]")?.setAttribute("hidden", "");
}
