// The elements of a stream as they come: lines of NDJSON, or events.

export function isStream(type) {
  return /^(application\/(x-ndjson|jsonl)|text\/event-stream)/.test(type);
}

export async function read(response, type, each) {
  const events = type.startsWith('text/event-stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const parts = (rest + value).replaceAll('\r\n', '\n').split(events ? '\n\n' : '\n');
    rest = parts.pop();
    parts.forEach((part) => show(part, events, each));
  }
  show(rest, events, each);
}

function show(part, events, each) {
  // Lines that begin with a colon keep the connection alive.
  const said = events ? part.split('\n').filter((line) => line && !line.startsWith(':')).join('\n') : part;
  if (said.trim() !== '') each(said);
}
