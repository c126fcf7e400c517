// Sends to our own server, with the form's token against forgery. Throws an Error whose message can be shown.
export function token(form) {
  return form.elements.csrf_token ? form.elements.csrf_token.value : "";
}

export async function post(form, url, body, options = {}) {
  const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token(form) }, ...options });
  if (response.ok) return response;
  const type = response.headers.get("Content-Type") || "";
  const told = type.includes("json") ? (await response.json()).error : null;
  throw Object.assign(new Error(told ? told.message : response.statusText), { status: response.status });
}
