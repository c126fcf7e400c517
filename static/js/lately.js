// What this person searched for lately on this device, newest first.
const MOST = 8;
const reader = document.documentElement.dataset.reader;
const key = `holdfast.searches:${reader}`;

export function lately() {
  try {
    return reader ? JSON.parse(localStorage.getItem(key) || "[]") : [];
  } catch {
    return [];
  }
}

export function note(words) {
  if (!reader || !words.trim()) return;
  try {
    const others = lately().filter((one) => one.toLowerCase() !== words.toLowerCase());
    localStorage.setItem(key, JSON.stringify([words, ...others].slice(0, MOST)));
  } catch {
    // Full, or forbidden: then there is nothing to come back to.
  }
}
