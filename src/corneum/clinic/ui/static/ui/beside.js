// A pressure in the reader's own unit, beside the number that is typed in the unit of the gauge.
const language = document.documentElement.lang;
const point = new Intl.NumberFormat(language).format(1.5)[1];

// Numbers are typed and shown with the decimal sign of the page.
export const read = (text) => Number(text.replace(point, "."));
export const written = (value) => String(value).replace(".", point);

export function tell(number) {
  const place = document.getElementById(number.dataset.beside ?? "");
  if (!place) return;
  const value = read(number.value) * Number(number.dataset.factor);
  const form = new Intl.NumberFormat(language, { maximumFractionDigits: Number(number.dataset.places) });
  place.textContent = number.value.trim() && Number.isFinite(value) ? `${form.format(value)} ${number.dataset.unit}` : "";
}

document.addEventListener("input", (event) => { if (event.target.dataset?.beside) tell(event.target); });
