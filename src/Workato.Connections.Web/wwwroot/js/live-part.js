// Keeps a part of the page up to date while something in it is still under way. Without script a reload does the same.
import { fetchPage, replacePart } from './part.js';

const look = async id => {
  const part = document.getElementById(id);
  if (!part?.dataset.livePart) return;
  const open = () => [...document.querySelectorAll(`#${id} details`)];
  const unfolded = open().map(details => details.open);
  const chosen = [...part.querySelectorAll('input:checked')].map(box => box.id);
  const page = document.hidden ? null : await fetchPage(location.href).catch(() => null);
  // Nothing is pulled away under the focus.
  if (page && !document.getElementById(id).contains(document.activeElement)) {
    replacePart(id, page);
    // What is new comes behind what was there.
    open().forEach((details, i) => { details.open ||= unfolded[i] ?? false; });
    for (const box of chosen) document.getElementById(box)?.click();
  }
  wait(id);
};

const wait = id => {
  const seconds = document.getElementById(id)?.dataset.livePart;
  if (seconds) setTimeout(look, seconds * 1000, id);
};

for (const part of document.querySelectorAll('[data-live-part][id]')) wait(part.id);
