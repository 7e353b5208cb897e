// The one place where a part of a page is replaced by the same part of another answer.

/** Fetches a page and gives back its document, or null where the answer led elsewhere and the browser follows. */
export async function fetchPage(url, options = {}) {
  const response = await fetch(url, { credentials: 'same-origin', ...options });
  const address = new URL(response.url);
  if (response.redirected && address.pathname !== new URL(url, location.href).pathname) {
    location.assign(address);
    return null;
  }
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** Puts the element with this id from the page in place of ours. False where the page has none. */
export function replacePart(id, page) {
  const [ours, theirs] = [document.getElementById(id), page.getElementById(id)];
  if (!ours || !theirs) return false;
  ours.replaceWith(document.importNode(theirs, true));
  return true;
}
