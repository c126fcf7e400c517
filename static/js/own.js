// Sends what its reader chose to our own server. Pages that are read hold no token against forgery, so it is asked for first.
let token = "";

export async function sendOwn(url, fields, options = {}) {
  if (!token) token = (await (await fetch("/palette?token")).json()).token;
  const body = new URLSearchParams(fields);
  return fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token }, ...options });
}

export function keepToken(fresh) {
  token = fresh;
}

// Pages that were open since the server was told last.
export function kept(reader) {
  try {
    return (localStorage.getItem(`seen:${reader}`) || "").split(",").filter(Boolean);
  } catch {
    return [];
  }
}
