// Shows what is found while one types or chooses. Without script the form's button does the same.
import { fetchPage, replacePart } from './part.js';

for (const form of document.querySelectorAll('form[data-live-search]')) {
  let asked = 0;
  let timer;

  const search = async () => {
    const mine = ++asked;
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const url = `${location.pathname}?${query}`;
    const page = await fetchPage(url).catch(() => null);
    // Only the last question counts, whichever answer comes last.
    if (!page || mine !== asked) return;
    // Who is among the results already has found something: nothing is pulled away under the focus.
    if (document.getElementById(form.dataset.liveSearch)?.contains(document.activeElement)) return;
    replacePart(form.dataset.liveSearch, page);
    history.replaceState(null, '', url);
  };

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    search();
  });
  form.querySelector('button').hidden = true;
}
