// The recipe editor without leaving the page: every change is a form and every choice a link, and the answer takes the
// place of what is shown. Without script they are forms and links.
import { keepDrafts } from './recipe-drafts.js';
import { askBeforeStart } from './recipe-start.js';
import { fetchPage, replacePart } from './part.js';

const editor = () => document.getElementById('editor');
const address = () => location.pathname + location.search;
let lastBox;
let shown = address();

async function show(url, options, push = true, again = undefined) {
  const scrolled = window.scrollY;
  editor().ariaBusy = 'true';
  try {
    const page = await fetchPage(url, options);
    if (!page) return;
    if (!replacePart('editor', page)) {
      location.reload();
      return;
    }
    document.title = page.title;
    if (push) history.pushState(null, '', editor().dataset.address);
    shown = address();
    window.scrollTo(0, scrolled);
    lastBox = undefined;
    keepDrafts();
    const asks = document.querySelector('#editor [role=alert]');
    // Who undoes once may undo once more.
    (asks ?? document.getElementById(again || 'panel-title') ?? document.getElementById('panel-title'))?.focus();
  } catch {
    editor().ariaBusy = 'false';
    const alert = document.createElement('div');
    alert.className = 'notice notice-bad';
    alert.setAttribute('role', 'alert');
    alert.dataset.offline = '';
    alert.textContent = 'The server could not be reached. Nothing was lost: try again.';
    document.querySelector('[data-offline]')?.remove();
    editor().prepend(alert);
  }
}

document.addEventListener('submit', event => {
  const form = event.target.closest('form[data-edit]');
  if (!form) return;
  event.preventDefault();
  if (editor().ariaBusy === 'true') return;
  // The property alone would name the page itself where the button names nothing.
  const action = event.submitter?.hasAttribute('formaction') ? event.submitter.formAction : form.action;
  if ('start' in form.dataset && askBeforeStart(form, show)) return;
  show(action, { method: 'POST', body: new FormData(form, event.submitter) }, true, event.submitter?.id);
});

document.addEventListener('click', event => {
  if (event.target.closest('a[data-edit]') && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    show(event.target.closest('a[data-edit]').href);
    return;
  }
  const insert = event.target.closest('[data-insert]');
  if (insert) put(insert.dataset.insert, insert.closest('form'));
});

// Where the cursor was last, or at the end of the first box.
function put(text, form) {
  const box = lastBox?.isConnected ? lastBox : form.querySelector('.field input[type=text], .field input[data-insertable], .field textarea, .comparison input');
  if (!box) return;
  box.focus();
  box.setRangeText(text, box.selectionStart ?? box.value.length, box.selectionEnd ?? box.value.length, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('focusin', event => {
  if (event.target.matches('#inputs input[type=text], #inputs input:not([type]), #inputs textarea') && !['as', 'comment'].includes(event.target.name)) lastBox = event.target;
});

document.addEventListener('input', event => {
  const search = event.target.closest('[data-app-search]');
  if (!search) return;
  const wanted = event.target.value.trim().toLowerCase();
  let found = 0;
  for (const app of document.querySelectorAll('[data-app-list] li')) {
    app.hidden = !app.dataset.words.includes(wanted);
    found += app.hidden ? 0 : 1;
  }
  document.querySelector('[data-app-none]').hidden = found > 0;
});

document.addEventListener('keydown', event => {
  const isTyping = event.target.matches('input, textarea, select');
  const key = (event.ctrlKey || event.metaKey) && !event.altKey && !isTyping ? event.key.toLowerCase() : '';
  if (key === 'z' || key === 'y') {
    const button = document.getElementById(key === 'y' || event.shiftKey ? 'redo' : 'undo');
    if (!button) return;
    event.preventDefault();
    button.click();
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target.matches('.step-link')) {
    const links = [...document.querySelectorAll('.step-link')];
    const next = links[links.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
});

// To a place within the page, as from a skip link, is not to another step.
window.addEventListener('popstate', () => address() !== shown && show(location.href, {}, false));
keepDrafts();
