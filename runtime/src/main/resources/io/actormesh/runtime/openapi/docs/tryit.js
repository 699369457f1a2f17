import { el, freshId } from './dom.js';
import { resolve } from './schema.js';
import { build, curl } from './request.js';
import { isStream, read } from './stream.js';

const BASE = new URL('.', document.baseURI);
const KEPT = 1000;

export function tryIt(api, method, path, operation) {
  const inputs = (operation.parameters || []).map((parameter) => input(resolve(api, parameter)));
  const body = operation.requestBody && bodyInput(operation.requestBody);
  const accept = streamChoice(api, operation);
  const answer = el('div', { class: 'answer' });
  const send = el('button', { type: 'submit' }, 'Send');
  const stop = el('button', { type: 'button', class: 'plain', hidden: true }, 'Stop');
  const form = el('form', { novalidate: true, 'aria-label': `Try ${method} ${path}` },
    inputs.filter((one) => one.place !== 'header').map((one) => one.row),
    body && body.row, accept && accept.row,
    el('details', {}, el('summary', {}, 'Headers'),
      inputs.filter((one) => one.place === 'header').map((one) => one.row), extraHeaders()),
    el('div', { class: 'buttons' }, send, stop), answer);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const request = build(BASE, method, path, inputs.map((one) => one.read()));
    Object.assign(request.headers, readExtra(form));
    if (accept) {
      request.headers.Accept = accept.read();
      request.streams = true;
    }
    if (body) {
      request.headers['Content-Type'] = body.type;
      request.body = body.read();
    }
    const control = new AbortController();
    stop.onclick = () => control.abort();
    send.disabled = true;
    stop.hidden = false;
    await exchange(request, control.signal, answer);
    send.disabled = false;
    stop.hidden = true;
  });
  return form;
}

function input(parameter) {
  const id = freshId('parameter');
  const many = parameter.schema.type === 'array';
  const example = parameter.in === 'header' || !parameter.required ? '' : parameter.example;
  const shown = [example === undefined ? '' : example].flat().join('\n');
  const hint = many ? ' (one a line)' : parameter.required ? '' : ' (may be empty)';
  const choices = parameter.schema.enum;
  const control = choices ? select(id, choices, parameter.required)
    : el(many ? 'textarea' : 'input', { id, spellcheck: 'false', autocomplete: 'off' });
  if (!choices) control.value = shown;
  return {
    place: parameter.in,
    row: el('div', {}, el('label', { for: id }, el('code', {}, parameter.name),
      el('span', { class: 'quiet' }, ` ${parameter.in}${hint}`)), control),
    read: () => ({ place: parameter.in, name: parameter.name, value: control.value, many }),
  };
}

function select(id, choices, required) {
  const options = required ? choices : ['', ...choices];
  return el('select', { id }, options.map((choice) => el('option', {}, choice)));
}

function bodyInput(requestBody) {
  const [type, media] = Object.entries(requestBody.content)[0];
  const id = freshId('body');
  const area = el('textarea', { id, spellcheck: 'false', rows: 8 });
  const lines = isStream(type);
  area.value = media.example === undefined ? '' : JSON.stringify(media.example, null, lines ? undefined : 2);
  return {
    type,
    row: el('div', {}, el('label', { for: id }, 'Body ', el('span', { class: 'quiet' }, type)), area),
    read: () => area.value,
  };
}

function streamChoice(api, operation) {
  const ok = resolve(api, (operation.responses || {})['200'] || {});
  const types = Object.keys(ok.content || {});
  if (!types.some(isStream)) return undefined;
  const id = freshId('accept');
  const choice = select(id, types, true);
  return { row: el('div', {}, el('label', { for: id }, 'As'), choice), read: () => choice.value };
}

function extraHeaders() {
  const id = freshId('headers');
  return el('div', {}, el('label', { for: id }, 'More headers ', el('span', { class: 'quiet' }, 'Name: value, one a line')),
    el('textarea', { id, class: 'more', spellcheck: 'false' }));
}

function readExtra(form) {
  const headers = {};
  for (const line of form.querySelector('textarea.more').value.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return headers;
}

async function exchange(request, signal, answer) {
  const began = performance.now();
  const status = el('p', { class: 'status', role: 'status' }, 'Sending …');
  answer.replaceChildren(status, el('h3', {}, 'curl'), el('pre', { class: 'curl', tabindex: '0' }, curl(request)));
  try {
    const { method, headers: sent, body } = request;
    const response = await fetch(request.url, { method, headers: sent, body, signal, credentials: 'omit', cache: 'no-store' });
    status.className = `status ${response.ok ? 'good' : 'bad'}`;
    status.textContent = `${response.status} ${response.statusText}`.trim();
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    answer.insertBefore(el('details', {}, el('summary', {}, 'Headers'), el('pre', { class: 'headers', tabindex: '0' }, headers)),
      status.nextSibling);
    await showBody(response, answer, status.nextSibling);
  } catch (failure) {
    status.className = 'status bad';
    status.textContent = signal.aborted ? 'Stopped' : `Broken off: ${failure.message}`;
  }
  status.textContent += ` after ${Math.round(performance.now() - began)} ms`;
}

async function showBody(response, answer, before) {
  const type = response.headers.get('content-type') || '';
  if (isStream(type)) {
    const count = el('h3', {}, 'Elements');
    const list = el('ol', { class: 'elements', tabindex: '0', 'aria-label': 'Elements' });
    before.before(count, list);
    let seen = 0;
    await read(response, type, (element) => {
      seen += 1;
      count.textContent = `Elements: ${seen}`;
      // A failure within a stream: the last line, or an event.
      const failed = /^(\{"mesh:problem":|event: error)/.test(element);
      list.append(el('li', failed ? { class: 'bad' } : {}, el('code', {}, element)));
      if (!list.matches(':hover')) list.scrollTop = list.scrollHeight;
      if (list.childElementCount > KEPT) list.firstElementChild.remove();
    });
    return;
  }
  const text = await response.text();
  if (text !== '') before.before(el('h3', {}, 'Body'), el('pre', { class: 'body', tabindex: '0' }, pretty(type, text)));
}

function pretty(type, text) {
  if (!/json/.test(type)) return text;
  try {
    // Numbers that the browser cannot hold are shown as they came.
    return /\d{16}/.test(text) ? text : JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
