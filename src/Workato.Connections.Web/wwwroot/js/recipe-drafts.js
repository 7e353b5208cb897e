// What is typed at a step and not saved yet survives a reload: it is kept in this tab until it is saved or thrown away.
const prefix = 'recipe-draft:';
const boxes = form => [...form.querySelectorAll('input:not([type=hidden]), textarea, select')].filter(box => box.name);
// The form shown before: a step that was given another name has another key since.
let before;
const valueOf = box => box.type === 'checkbox' ? String(box.checked) : box.value;

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
  const shown = new Map(boxes(form).map(box => [box.name, valueOf(box)]));
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  // What came back with a conflict is shown already.
  if (kept && boxes(form).some(box => box.name in kept && kept[box.name] !== valueOf(box))) {
    for (const box of boxes(form)) if (box.name in kept) put(box, kept[box.name]);
    const note = form.querySelector('.draft-note');
    note.hidden = false;
    note.querySelector('[data-draft-drop]').addEventListener('click', () => {
      sessionStorage.removeItem(key);
      for (const box of boxes(form)) put(box, shown.get(box.name));
      note.hidden = true;
      document.getElementById('panel-title').focus();
    });
  }
  form.addEventListener('input', () => sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(boxes(form).map(box => [box.name, valueOf(box)])))));
}
