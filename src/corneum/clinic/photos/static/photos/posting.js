// What the page of the camera sends. A log-in anew in another tab gives a new token: it is fetched, and all is sent once more.
const out = (response) => response.type === "opaqueredirect" || response.status === 403;

function once(address, data, token) {
  data.set(token.name, token.value);
  return fetch(address, { method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json" } });
}
async function renewed(token) {
  const response = await fetch(location.href, { redirect: "manual", headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = page.querySelector(`form#${token.form.id} [name=${token.name}]`);
  if (found) token.value = found.value;
  return Boolean(found);
}
// Returns {ok, told} where the clinic answered, {out} where nobody is logged in, and {status} where the program failed.
export async function sent(address, data, token) {
  let response = await once(address, data, token);
  if (out(response) && await renewed(token)) response = await once(address, data, token);
  if (out(response)) return { out: true };
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  return json ? { ok: response.ok, told: await response.json() } : { status: response.status };
}
