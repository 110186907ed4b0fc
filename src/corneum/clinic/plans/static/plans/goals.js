// The levels of the concern that is chosen: those of the others are put away. Without this script all of them show.
for (const goal of document.querySelectorAll("[data-goal]")) {
  const concern = goal.querySelector("select[name$='-concern']");
  const severity = goal.querySelector("select[name$='-severity']");
  if (!concern || !severity) continue;
  const groups = [...severity.querySelectorAll("optgroup")];
  const fit = () => {
    for (const group of groups) {
      const mine = group.querySelector("option")?.value.startsWith(`${concern.value}:`);
      if (mine) severity.append(group);
      else group.remove();
    }
    if (concern.value && !severity.value.startsWith(`${concern.value}:`)) severity.value = "";
    severity.disabled = !concern.value;
  };
  concern.addEventListener("change", fit);
  fit();
}
