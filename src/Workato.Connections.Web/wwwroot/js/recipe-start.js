// A start does not silently leave out what was typed and not saved: it is asked about first, and saved where that is wanted.
import { unsavedSteps } from './recipe-drafts.js';

/** Asks, and goes on with the answer; false where there is nothing to ask about. */
export function askBeforeStart(form, show) {
  const unsaved = unsavedSteps();
  const dialog = document.getElementById('unsaved');
  if (unsaved.length === 0 || !dialog) return false;
  dialog.querySelector('[data-unsaved]').textContent = unsaved.map(nameOf).join(', ');
  dialog.returnValue = '';
  dialog.addEventListener('close', () => go(dialog.returnValue, form, unsaved, show), { once: true });
  dialog.showModal();
  return true;
}

const nameOf = link => `step ${link.querySelector('.step-number').textContent}, ${link.querySelector('strong').textContent}`;
const start = (form, show) => show(form.action, { method: 'POST', body: new FormData(form) });

async function go(answer, form, unsaved, show) {
  if (answer === 'without') await start(form, show);
  else if (answer === 'save') {
    for (const link of unsaved) if (!await save(link, show)) return;
    await start(document.querySelector('form[data-start]'), show);
  }
}

// Saves a step as it would be by hand. Where that is refused, the answer says why and stays on the page.
async function save({ href, dataset: { draftOf } }, show) {
  const shown = () => document.querySelector(`form[data-draft="${CSS.escape(draftOf)}"]`);
  if (!shown()) await show(href);
  const form = shown();
  if (!form) return false;
  await show(form.action, { method: 'POST', body: new FormData(form) });
  return !document.querySelector('#editor [role=alert]');
}
