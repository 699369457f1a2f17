import { el, lazyDetails, paragraph } from './dom.js';

export function resolve(api, node) {
  let found = node;
  while (found && found.$ref) {
    found = found.$ref.slice(2).split('/')
      .reduce((at, step) => at && at[step.replaceAll('~1', '/').replaceAll('~0', '~')], api);
  }
  return found || {};
}

export function typeName(api, schema) {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.anyOf) return schema.anyOf.map((one) => typeName(api, one)).join(' or ');
  if (schema.oneOf) return 'one of';
  if (schema.enum) return schema.enum.join(' | ');
  const types = [schema.type || 'any'].flat();
  const named = types.map((type) => {
    if (type === 'array') return `${schema.uniqueItems ? 'set' : 'list'} of ${typeName(api, schema.items || {})}`;
    const values = schema.additionalProperties;
    if (type === 'object' && values && values !== true) return `map of ${typeName(api, values)}`;
    return type;
  }).join(' or ');
  const hints = [schema.format, schema.contentEncoding, schema.pattern].filter(Boolean);
  return hints.length > 0 ? `${named} (${hints.join(', ')})` : named;
}

// What is worth opening below a schema: the record that it holds, behind lists, maps and nulls.
function inner(schema) {
  if (schema.$ref || schema.properties || schema.oneOf || schema.allOf) return schema;
  if (schema.items) return inner(schema.items);
  if (schema.anyOf) return schema.anyOf.map(inner).find(Boolean);
  const values = schema.additionalProperties;
  return values && values !== true ? inner(values) : undefined;
}

export function schemaTree(api, schema) {
  const shown = resolve(api, schema);
  const below = inner(shown);
  const self = below === shown ? fieldsOf(api, shown)
    : el('p', {}, el('span', { class: 'type' }, typeName(api, schema)), below ? opener(api, below) : undefined);
  return el('div', { class: 'schema' }, below === shown ? paragraph(shown.description) : undefined, self);
}

function fieldsOf(api, schema) {
  const list = el('dl', { class: 'fields' });
  const parts = [schema, ...(schema.allOf || []).map((part) => resolve(api, part))];
  for (const part of parts) {
    for (const [name, property] of Object.entries(part.properties || {})) {
      list.append(...field(api, name, property, (part.required || []).includes(name)));
    }
    for (const one of part.oneOf || []) {
      for (const [name, property] of Object.entries(one.properties || {})) {
        list.append(...field(api, name, property, false));
      }
    }
  }
  if (list.childElementCount === 0) list.append(el('dd', { class: 'quiet' }, 'no fields'));
  return list;
}

function field(api, name, property, required) {
  const below = inner(property);
  return [
    el('dt', {}, name),
    el('dd', {},
      el('span', { class: 'type' }, typeName(api, property)),
      required ? el('span', { class: 'must' }, ' required') : undefined,
      paragraph(property.description),
      below ? opener(api, below) : undefined),
  ];
}

function opener(api, schema) {
  const label = schema.$ref ? typeName(api, schema) : 'fields';
  return lazyDetails({}, el('summary', {}, `Show ${label}`), () => {
    const shown = resolve(api, schema);
    return [paragraph(shown.description), shown.enum ? el('p', {}, shown.enum.join(', ')) : fieldsOf(api, shown)]
      .filter(Boolean);
  });
}
