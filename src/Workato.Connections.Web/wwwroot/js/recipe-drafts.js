// What is typed at a step and not saved yet survives a reload: it is kept in this tab until it is saved or thrown away.
const prefix = 'recipe-draft:';
const boxes = form => [...form.querySelectorAll('input:not([type=hidden]), textarea, select')].filter(box => box.name);
// The form shown before: a step that was given another name has another key since.
let before;
const valueOf = box => box.type === 'checkbox' ? String(box.checked) : box.value;
const differs = (form, kept) => boxes(form).some(box => box.name in kept && kept[box.name] !== valueOf(box));

function put(box, value) {
  if (box.type === 'checkbox') box.checked = value === 'true';
  else box.value = value;
}

/** Looks at what is shown: drops what was saved, brings back what was not. */
export function keepDrafts() {
  const form = document.querySelector('form[data-draft]');
  if (!form) return;
  const key = prefix + form.dataset.draft;
  if (document.getElementById('editor').dataset.saved) for (const done of [key, before]) sessionStorage.removeItem(done);
  before = key;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  const note = form.querySelector('.draft-note');
  const isReadOnly = form.querySelector('fieldset').disabled;
  const shown = new Map(boxes(form).map(box => [box.name, valueOf(box)]));
  // What came back with a conflict is shown already. What runs is shown as it runs.
  if (kept && differs(form, kept)) {
    if (!isReadOnly) for (const box of boxes(form)) if (box.name in kept) put(box, kept[box.name]);
    note.hidden = false;
  }
  note.querySelector('[data-draft-drop]').addEventListener('click', () => {
    sessionStorage.removeItem(key);
    for (const box of boxes(form)) put(box, shown.get(box.name));
    note.hidden = true;
    document.getElementById('panel-title').focus();
  });
  form.addEventListener('input', () => {
    const typed = Object.fromEntries(boxes(form).map(box => [box.name, valueOf(box)]));
    // Typed back to what is stored, it is nothing to ask about; a version somebody else saved meanwhile is not what is stored.
    if (boxes(form).every(box => typed[box.name] === shown.get(box.name)) && !document.querySelector('#editor [role=alert]')) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(typed));
  });
}

/** The links of the steps at which something was typed and not saved. */
export const unsavedSteps = () => [...document.querySelectorAll('.step-link[data-draft-of]')].filter(link => sessionStorage.getItem(prefix + link.dataset.draftOf) !== null);
