// Elements out of names, attributes and texts. Texts only ever become text nodes: nothing that the
// document says is read as HTML.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(key, String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}

let last = 0;

export function freshId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}

export function paragraph(text) {
  return text ? el('p', { class: 'text' }, text) : undefined;
}

// Filled when it is opened first: a large document costs what is looked at.
export function lazyDetails(attributes, summary, fill) {
  const details = el('details', attributes, summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(...[fill()].flat());
    }
  });
  return details;
}
