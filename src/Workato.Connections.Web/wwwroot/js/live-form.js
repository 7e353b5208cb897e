// Sends a form without leaving the page: what was typed into secret boxes stays typed when something is wrong, and long
// work shows that it is going on. Without script the form is sent as forms are.
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
  button.ariaBusy = 'true';
  button.textContent = form.dataset.busy;
  try {
    const page = await fetchPage(form.action, { method: 'POST', body: new FormData(form, button) });
    if (!page) return;
    if (!replacePart(part, page)) throw new Error('the answer is another page');
    for (const [name, value] of secrets) {
      const box = document.querySelector(`[name="${CSS.escape(name)}"][data-secret]`);
      if (box) box.value = value;
    }
    document.querySelector('[role=alert], [aria-invalid=true]')?.focus();
  } catch {
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
