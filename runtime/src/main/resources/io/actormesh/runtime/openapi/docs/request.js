// What the form says, as a request and as the line for a shell.

export function build(base, method, path, values) {
  let filled = path;
  const query = [];
  const headers = {};
  for (const { place, name, value, many } of values) {
    if (place === 'path') {
      filled = filled.replace(`{${name}}`, () => encodeURIComponent(value));
    } else if (value !== '' && place === 'query') {
      const each = many ? value.split('\n').filter((line) => line !== '') : [value];
      each.forEach((one) => query.push(`${encodeURIComponent(name)}=${encodeURIComponent(one)}`));
    } else if (value !== '') {
      headers[name] = value;
    }
  }
  const url = new URL(filled.slice(1), base);
  url.search = query.join('&');
  return { method, url: url.href, headers };
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function curl(request) {
  // -N: elements of a stream are shown as they come.
  const words = ['curl', '-i', ...(request.streams ? ['-N'] : [])];
  if (request.method !== 'GET') words.push('-X', request.method);
  for (const [name, value] of Object.entries(request.headers)) words.push('-H', quoted(`${name}: ${value}`));
  if (request.body !== undefined) words.push('--data-binary', quoted(request.body));
  words.push(quoted(request.url));
  return words.join(' ');
}
