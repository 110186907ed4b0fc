// The calendar opens where the day is: at now, or else at the first visit.
const frame = document.querySelector(".calendar-frame");
const place = frame?.querySelector(".now") ?? frame?.querySelector(".held");
if (place) {
  const [there, here] = [place.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollTop += there.top - here.top - frame.clientHeight / 3;
  if (there.right > here.right) frame.scrollLeft += there.right - here.right;
}
