import { el, lazyDetails, paragraph } from './dom.js';
import { resolve, schemaTree, typeName } from './schema.js';
import { tryIt } from './tryit.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

async function start() {
  const state = document.getElementById('state');
  try {
    const response = await fetch('openapi.json');
    if (!response.ok) throw new Error(`it is answered with ${response.status}`);
    show(await response.json());
  } catch (failure) {
    state.textContent = `openapi.json cannot be shown: ${failure.message}`;
  }
}

function show(api) {
  document.title = api.info.title;
  document.getElementById('title').textContent = api.info.title;
  document.getElementById('version').textContent = api.info.version;
  const operations = all(api);
  const sections = api.tags.map((tag) => service(api, tag, operations.filter((o) => o.operation.tags.includes(tag.name))));
  document.getElementById('content').replaceChildren(...sections, models(api));
  document.getElementById('services').replaceChildren(el('ul', {},
    api.tags.map((tag) => el('li', {}, el('a', { href: `#service-${tag.name}` }, tag.name))),
    el('li', {}, el('a', { href: '#schemas' }, 'Schemas'))));
  filterBy(document.getElementById('filter'));
  openLinked();
  addEventListener('hashchange', openLinked);
}

function all(api) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ method: method.toUpperCase(), path, operation: item[method] })));
}

function service(api, tag, operations) {
  return el('section', { id: `service-${tag.name}`, 'aria-label': tag.name },
    el('h2', {}, tag.name), paragraph(tag.description), operations.map((one) => card(api, one)));
}

function card(api, { method, path, operation }) {
  const summary = el('summary', {},
    el('span', { class: `method ${method}` }, method), el('span', { class: 'path' }, path),
    el('span', { class: 'quiet' }, operation.summary || operation['x-operation'] || ''),
    operation.deprecated ? el('span', { class: 'mark' }, 'deprecated') : undefined);
  const card = lazyDetails(
    { class: `operation${operation.deprecated ? ' deprecated' : ''}`, id: operation.operationId, 'data-find': `${method} ${path} ${operation.operationId}`.toLowerCase() },
    summary, () => el('div', { class: 'inside' }, inside(api, method, path, operation)));
  return card;
}

function inside(api, method, path, operation) {
  const said = operation.description === operation.summary ? undefined : paragraph(operation.description);
  return [
    el('div', { class: 'told' }, said, parameters(api, operation), body(api, operation), answers(api, operation)),
    el('div', { class: 'tried' }, el('h3', {}, 'Try it'), tryIt(api, method, path, operation)),
  ];
}

function parameters(api, operation) {
  const shown = (operation.parameters || []).map((one) => resolve(api, one)).filter((one) => one.in !== 'header');
  if (shown.length === 0) return [];
  return [el('h3', {}, 'Parameters'), el('dl', {}, shown.flatMap((one) => [
    el('dt', {}, one.name),
    el('dd', {}, el('span', { class: 'type' }, `${typeName(api, one.schema)} in ${one.in}`),
      one.required ? el('span', { class: 'must' }, ' required') : undefined, paragraph(one.description)),
  ]))];
}

function body(api, operation) {
  if (!operation.requestBody) return [];
  return [el('h3', {}, 'Body'), ...Object.entries(operation.requestBody.content).map(([type, media]) =>
    el('div', {}, el('p', { class: 'quiet media' }, type), schemaTree(api, media.schema)))];
}

function answers(api, operation) {
  const all = Object.entries(operation.responses).map(([status, given]) => [status, resolve(api, given)]);
  const good = all.filter(([status]) => status < '400');
  const bad = all.filter(([status]) => status >= '400');
  return [el('h3', {}, 'Answers'), el('dl', {}, good.flatMap(([status, response]) => answer(api, status, response))),
    lazyDetails({ class: 'problems' },
      el('summary', {}, 'Problems ', el('span', { class: 'quiet' }, bad.map(([status]) => status).join(' '))),
      () => el('dl', {}, bad.flatMap(([status, response]) => [
        el('dt', { class: 'bad' }, status), el('dd', {}, paragraph(response.description))])))];
}

function answer(api, status, response) {
  const media = Object.entries(response.content || {});
  return [el('dt', { class: 'good' }, status), el('dd', {}, paragraph(response.description),
    media.length > 0 ? el('p', { class: 'quiet media' }, media.map(([type]) => type).join(', ')) : undefined,
    media.length > 0 ? schemaTree(api, media[0][1].schema) : undefined)];
}

function models(api) {
  return el('section', { id: 'schemas', 'aria-label': 'Schemas' }, el('h2', {}, 'Schemas'),
    Object.entries(api.components.schemas).map(([name, schema]) =>
      lazyDetails({ class: 'operation model', 'data-find': name.toLowerCase() },
        el('summary', {}, el('span', { class: 'path' }, name)),
        () => el('div', { class: 'inside' }, schemaTree(api, schema)))));
}

// A link to an operation opens it.
function openLinked() {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked && linked.matches('details')) linked.open = true;
  if (linked) linked.scrollIntoView();
}

function filterBy(input) {
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    for (const card of document.querySelectorAll('[data-find]')) {
      card.hidden = !card.dataset.find.includes(wanted);
    }
    for (const section of document.querySelectorAll('main > section')) {
      section.hidden = section.querySelector('[data-find]:not([hidden])') === null;
    }
  });
}

start();
