// Reloads the page in the background and replaces its main part.
const intervalMillis = 5000;

async function refresh() {
  if (!document.hidden) {
    try {
      const response = await fetch(location.pathname, {cache: 'no-store'});
      if (!response.ok) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      show(page);
      document.body.classList.remove('stale');
    } catch {
      document.body.classList.add('stale');
    }
  }
  setTimeout(refresh, intervalMillis);
}

function show(page) {
  const open = new Set([...document.querySelectorAll('details[open]')].map(each => each.id));
  const focused = document.activeElement?.getAttribute('href');
  const scrolled = [...document.querySelectorAll('.scroll')].map(each => each.scrollLeft);
  document.querySelector('main').replaceWith(page.querySelector('main'));
  document.querySelectorAll('details').forEach(each => { each.open = each.open || open.has(each.id); });
  document.querySelectorAll('.scroll').forEach((each, i) => { each.scrollLeft = scrolled[i] ?? 0; });
  if (focused) document.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({preventScroll: true});
  document.title = page.title;
  document.body.dataset.status = page.body.dataset.status;
}

setTimeout(refresh, intervalMillis);
