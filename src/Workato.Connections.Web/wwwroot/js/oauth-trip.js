// The trip to an app in a window of its own, while the form stays where it is.
const windowName = 'connections-trip';
let trip;

/** Opens the window while the browser still takes it for the person's wish; null where windows are blocked. */
export function openWindow(form) {
  if (!form.querySelector('[data-trip-needed=yes]:checked, [data-trip-needed=yes][type=hidden]')) return undefined;
  const opened = window.open('about:blank', windowName, 'popup,width=620,height=760');
  if (!opened) return null;
  opened.document.title = 'Connecting…';
  opened.document.body.textContent = 'One moment…';
  return opened;
}

/** Goes on with what the server answered: to the app, or nowhere where the form has mistakes. */
export function follow(opened, part) {
  const notice = part?.querySelector('[data-trip]');
  if (!notice) {
    opened?.close();
    return;
  }
  if (!opened) {
    location.assign(notice.dataset.address);
    return;
  }
  opened.location.replace(notice.dataset.address);
  notice.querySelector('.trip-again').hidden = false;
  notice.scrollIntoView({ block: 'center' });
  watch(notice, opened);
}

function watch(notice, opened) {
  trip?.stop();
  const button = notice.closest('form').querySelector('[type=submit]');
  button.dataset.label = button.textContent;
  const channel = new BroadcastChannel(windowName);
  const look = async () => {
    const answer = await fetch(notice.dataset.state, { credentials: 'same-origin' }).then(r => r.ok ? r.json() : null).catch(() => null);
    if (answer?.state === 'done') {
      stop();
      location.assign(answer.next);
    } else if (answer?.state === 'failed') {
      stop();
      end(answer.problem);
    } else if (opened.closed && !notice.dataset.left) {
      // Some apps cut the tie between the windows: it may look closed and be open. So nothing is called off.
      notice.dataset.left = 'true';
      say('The window was closed.', 'Nothing was changed. Connect again when you like; if it is still open, finish there and this page goes on by itself.');
      button.ariaBusy = 'false';
      button.textContent = button.dataset.label;
    }
  };
  const say = (head, text) => {
    notice.querySelectorAll('.spinner, .trip-again').forEach(part => part.remove());
    notice.querySelector('strong').textContent = head;
    notice.querySelector('span').textContent = text;
  };
  const end = problem => {
    notice.className = 'notice notice-bad';
    notice.setAttribute('role', 'alert');
    say('That did not work.', problem);
    button.ariaBusy = 'false';
    button.textContent = button.dataset.label;
    notice.tabIndex = -1;
    notice.focus();
  };
  const timer = setInterval(look, 1500);
  const stop = () => {
    clearInterval(timer);
    channel.close();
  };
  channel.onmessage = event => Number(notice.dataset.trip) === event.data && look();
  trip = { stop };
}
