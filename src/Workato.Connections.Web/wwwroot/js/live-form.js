// Sends a form without leaving the page: what was typed into secret boxes stays typed when something is wrong, and long
// work shows that it is going on. Without script the form is sent as forms are.
import { follow, openWindow } from './oauth-trip.js';
import { fetchPage, replacePart } from './part.js';

document.addEventListener('submit', async event => {
  const form = event.target.closest('form[data-live-form]');
  if (!form) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('[type=submit]');
  if (button.ariaBusy === 'true') return;

  const part = form.dataset.liveForm || form.id;
  const secrets = [...form.querySelectorAll('[data-secret]')].map(box => [box.name, box.value]);
  const label = button.textContent;
  // Before anything is waited for: later the browser would take the window for an advertisement.
  const opened = button.name ? undefined : openWindow(form);
  button.ariaBusy = 'true';
  button.textContent = form.dataset.busy;
  try {
    const data = new FormData(form, button);
    if (opened !== undefined) data.set('window', opened ? 'popup' : 'page');
    const page = await fetchPage(form.action, { method: 'POST', body: data });
    if (!page) return;
    if (!replacePart(part, page)) throw new Error('the answer is another page');
    if (opened !== undefined) follow(opened, document.getElementById(part));
    for (const [name, value] of secrets) {
      const box = document.querySelector(`[name="${CSS.escape(name)}"][data-secret]`);
      if (box) box.value = value;
    }
    document.querySelector('[role=alert], [aria-invalid=true]')?.focus();
  } catch {
    opened?.close();
    button.ariaBusy = 'false';
    button.textContent = label;
    const alert = document.createElement('div');
    alert.className = 'notice notice-bad';
    alert.setAttribute('role', 'alert');
    alert.textContent = 'The server could not be reached. Nothing was lost: try again.';
    form.querySelector('.notice')?.remove();
    form.prepend(alert);
  }
});
