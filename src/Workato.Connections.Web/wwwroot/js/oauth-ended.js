// The window in which somebody agreed at an app: tells the page that waits, and goes.
const attempt = Number(document.querySelector('[data-ended]')?.dataset.ended);
if (attempt) {
  new BroadcastChannel('connections-trip').postMessage(attempt);
  // Only a window that a script opened can be closed by one; in any other nothing happens.
  if (window.name === 'connections-trip') setTimeout(() => window.close(), 600);
}
