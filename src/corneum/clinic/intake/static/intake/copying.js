// Copy an address with one tap, where the browser allows it.
const address = document.querySelector("[data-copy]");
const button = document.querySelector("[data-copy-button]");
if (address && button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address.value);
    button.textContent += " ✓";
    button.disabled = true;
  });
}
