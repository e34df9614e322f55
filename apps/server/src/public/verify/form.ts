/** What was handed in to be verified. */
export interface Submitted {
  readonly text: string;
  readonly digest: string;
  readonly file: { readonly name: string; readonly bytes: Buffer } | null;
}
const NOTHING: Submitted = { text: '', digest: '', file: null };
const DASHES = Buffer.from('--');
const GAP = Buffer.from('\r\n\r\n');

/** A form as browsers send it, or the bytes of a file alone; null where it is neither. */
export function parseForm(type: string, body: Buffer): Submitted | null {
  const [kind = '', ...params] = type.split(';').map((part) => part.trim());
  switch (kind.toLowerCase()) {
    case 'application/x-www-form-urlencoded': {
      const fields = new URLSearchParams(body.toString('utf8'));
      return { ...NOTHING, text: fields.get('text') ?? '', digest: fields.get('digest') ?? '' };
    }
    case 'multipart/form-data': {
      const boundary = /^boundary="?([^"]{1,70})"?$/i.exec(params.find((p) => /^boundary=/i.test(p)) ?? '')?.[1];
      return boundary === undefined ? null : parts(body, boundary);
    }
    case 'application/octet-stream':
    case 'text/plain':
      return { ...NOTHING, file: { name: '', bytes: body } };
    default:
      return null;
  }
}

/** RFC 7578. Of several files the first that holds something counts. */
function parts(body: Buffer, boundary: string): Submitted {
  const mark = Buffer.concat([DASHES, Buffer.from(boundary)]);
  let submitted = NOTHING;
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const gap = part.indexOf(GAP);
    if (gap >= 0) submitted = taken(submitted, part.toString('utf8', 0, gap), part.subarray(gap + GAP.length));
    at = next;
  }
  return submitted;
}
function taken(before: Submitted, head: string, value: Buffer): Submitted {
  const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(head)?.[1] ?? '';
  const name = /(?:^|[;\s])name="([^"]*)"/i.exec(disposition)?.[1];
  const file = /filename="([^"]*)"/i.exec(disposition)?.[1];
  if (name === 'file' && file !== undefined) return before.file === null && value.length > 0 ? { ...before, file: { name: file, bytes: value } } : before;
  if (name === 'text') return { ...before, text: value.toString('utf8') };
  return name === 'digest' ? { ...before, digest: value.toString('utf8') } : before;
}
