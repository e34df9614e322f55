import { request as ask } from 'node:http';
import request from 'supertest';
import { jpeg, PLANTED, png, tells } from '../../libs/platform/attachments/src/samples.contract.ts';
import { type Json, type Seat, World } from './world.js';

const STATEMENT = { statementId: 'at1', kind: 'joint-statement', subject: { en: 'On what was seen' }, leadLanguage: 'en', authenticLanguages: ['en'], urgency: 'ordinary' };

describe('Attachments', () => {
  let world: World;
  let chairA: Seat;
  let memberA: Seat;
  let chairB: Seat;
  let network: Seat;
  beforeAll(async () => {
    world = await World.open();
    [chairA, memberA, chairB, network] = (await Promise.all(['chair.xa', 'member.xa', 'chair.xb', 'network'].map((n) => world.signIn(n)))) as [Seat, Seat, Seat, Seat];
    await chairA.does('statements', 'at1', 'ProposeStatement', STATEMENT);
    await world.settled();
  }, 60_000);
  afterAll(() => world.close());

  const send = (who: Seat, bytes: Uint8Array, name: string, { subject = 'statements/at1', lang = 'en', ...more }: Record<string, string> = {}) =>
    request(world.server).post(`/api/v1/attachments?subject=${encodeURIComponent(subject)}&lang=${lang}`).set({ ...who.headers, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name), ...more }).send(Buffer.from(bytes));
  async function download(who: Seat, href: string) {
    const answer = await who.get(href).buffer(true).parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(null, Buffer.concat(chunks)));
    });
    return { status: answer.status, headers: answer.headers, bytes: answer.body as Buffer };
  }
  const attached = async (who: Seat, bytes: Uint8Array, name: string, more: Record<string, string> = {}): Promise<Json> => {
    const { status, body } = await send(who, bytes, name, more);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    await world.settled();
    return body;
  };

  test('a photograph comes back without the place where it was taken, as a download that cannot run', async () => {
    const photograph = jpeg({ orientation: 6 });
    expect(tells(photograph)).toBe(true);
    const body = await attached(chairA, photograph, 'témoin "1".jpg');
    expect(body).toMatchObject({ mediaType: 'image/jpeg', stripped: ['exif', 'xmp', 'iptc', 'comment'], stream: `attachment-${body.id}` });
    const { status, headers, bytes } = await download(memberA, body.href);
    expect([status, tells(bytes), bytes.length]).toEqual([200, false, body.size]);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg', 'content-disposition': expect.stringMatching(/^attachment; filename="t_moin _1_\.jpg"; filename\*=UTF-8''t%C3%A9moin%20%221%22\.jpg$/),
      'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'private, no-store',
    });
    const row = await memberA.row('attachments', body.id);
    expect(row.doc).toMatchObject({ subject: { collection: 'statements', id: 'at1' }, name: 'témoin "1".jpg', size: body.size, digest: body.digest, withdrawn: null });
    expect(row.label).toEqual((await chairA.row('statements', 'at1')).label);
    expect((await memberA.rows('attachments', { subject: 'statement-at1' })).map((r) => r.id)).toEqual([body.id]);
    expect(JSON.stringify(await chairA.history('attachments', body.id))).not.toContain(PLANTED);
  });
  test('ATT-1 who may not read the thing attaches nothing to it and reads nothing of it', async () => {
    const { href, id } = await attached(chairA, png(), 'annex.png');
    for (const who of ['chair.xb', 'chair.xc', 'observer']) {
      const seat = await world.signIn(who);
      expect([who, (await download(seat, href)).status, (await send(seat, png(), 'a.png')).status, (await seat.get(`/api/v1/attachments/${id}`)).status]).toEqual([who, 404, 404, 404]);
    }
    expect([(await download(world.anonymous, href)).status, (await send(world.anonymous, png(), 'a.png')).status]).toEqual([404, 401]);
    for (const who of [memberA, network, await world.signIn('secretariat.xa'), await world.signIn('auditor')]) expect((await download(who, href)).status).toBe(200);
    // The auditor reads all and changes nothing.
    expect((await send(await world.signIn('auditor'), png(), 'a.png')).status).toBe(403);
    for (const who of [memberA, network, await world.signIn('secretariat.xa')]) expect((await send(who, png(), 'own.png')).status).toBe(200);
    expect((await send(chairB, png(), 'a.png', { subject: 'statements/none' })).status).toBe(404);
    expect((await send(chairA, png(), 'a.png', { subject: 'persons/xa-chair' })).status).toBe(404);
  });
  test('what the content is decides, never the name; refusals are in the reader’s language', async () => {
    expect(await attached(chairA, png(), 'harmless.exe')).toMatchObject({ name: 'harmless.exe.png', mediaType: 'image/png' });
    const french = await send(chairA, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'photo.png', { 'accept-language': 'fr' });
    expect([french.status, french.body.code]).toEqual([422, 'attachment.unknown-type']);
    const titles = new Set<string>();
    for (const lang of ['en', 'fr', 'es', 'ar', 'pt', 'rw']) {
      await request(world.server).patch('/api/v1/session').set(chairA.headers).send({ language: lang }).expect(204);
      titles.add((await send(chairA, Buffer.from('MZ\x90\0\x03\0\0\0'), 'letter.pdf').expect(422)).body.title as string);
    }
    expect(titles.size).toBe(6);
    expect(titles).toContain('Un fichier de ce type n’est pas accepté : PDF, Word (DOCX), texte OpenDocument (ODT), PNG, JPEG, WebP, texte brut ou CSV.');
    await request(world.server).patch('/api/v1/session').set(chairA.headers).send({ language: 'en' }).expect(204);
  });
  test('more than ten megabytes are refused, and nothing is kept of them', async () => {
    const before = await world.services.attachments.digests();
    // Refused by what is announced, before anything is read.
    const headers = { ...chairA.headers, 'content-type': 'application/octet-stream', 'content-length': 10 * 1024 * 1024 + 1 };
    const status = await new Promise((resolve, reject) => {
      const announced = ask(`${world.url}/api/v1/attachments?subject=statements/at1`, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        announced.destroy();
      });
      announced.on('error', reject).flushHeaders();
    });
    expect(status).toBe(413);
    expect(await world.services.attachments.digests()).toEqual(before);
  });
  test('the same bytes twice are two attachments and kept once; the same request twice is one attachment', async () => {
    const text = Buffer.from('The minutes of the meeting, as they were read out.');
    const first = await attached(chairA, text, 'minutes.txt');
    const count = (await world.services.attachments.digests()).length;
    const key = '0190a000-0000-7000-8000-0000000000a1';
    const [second, again] = [await attached(memberA, text, 'again.txt', { 'idempotency-key': key }), await attached(memberA, text, 'again.txt', { 'idempotency-key': key })];
    expect(second.digest).toBe(first.digest);
    expect([second.id, again.id, again.revision]).toEqual([key, key, second.revision]);
    expect((await world.services.attachments.digests()).length).toBe(count);
    expect(await chairA.rows('attachments', { digest: first.digest })).toHaveLength(2);
  });
  test('ATT-2 a file that is withdrawn is shown as withdrawn, with its reason, and can still be read', async () => {
    const { id, href } = await attached(memberA, Buffer.from('The wrong page.'), 'page.txt');
    expect(await chairA.refused(403, 'attachments', id, 'WithdrawAttachment', { reason: 'Not mine.' })).toEqual(['not-permitted']);
    await memberA.does('attachments', id, 'WithdrawAttachment', { reason: 'The wrong page was scanned.' });
    expect((await chairA.doc('attachments', id)).withdrawn).toMatchObject({ reason: 'The wrong page was scanned.' });
    expect((await chairA.history('attachments', id)).map((act) => act.doc.type)).toEqual(['FileAttached', 'AttachmentWithdrawn']);
    expect((await download(chairA, href)).bytes.toString()).toBe('The wrong page.');
  });
  test('nobody claims bytes by telling of them: what is kept is attached by its route alone', async () => {
    const { digest } = await attached(chairA, Buffer.from('Known to one side only.'), 'secret.txt');
    const claim = { attachmentId: 'claim', subject: { collection: 'groups', id: 'xb-group' }, name: 'a.txt', mediaType: 'text/plain', size: 23, digest, originalDigest: digest, stripped: [] };
    expect(await chairB.refused(403, 'attachments', 'claim', 'AttachFile', claim)).toEqual(['attachment.bytes-first']);
  });
  test('bytes that were kept and never recorded are seen by nobody', async () => {
    const kept = await world.services.attachments.put(Buffer.from('The process ended between keeping and recording.'));
    const { digest } = kept as { digest: string };
    for (const who of [chairA, network]) {
      expect(await who.rows('attachments', { digest })).toEqual([]);
      expect((await download(who, `/files/${digest}/a.txt`)).status).toBe(404);
    }
    // Said again it is attached as if nothing had been.
    expect(await attached(chairA, Buffer.from('The process ended between keeping and recording.'), 'a.txt')).toMatchObject({ digest });
  });
  test('after a restart everything is there', async () => {
    if (world.cluster) return;
    const { id, href } = await attached(chairA, png({ orientation: 3 }), 'last.png');
    await world.restart();
    const seat = await world.signIn('chair.xa');
    expect((await download(seat, href)).status).toBe(200);
    expect(await seat.doc('attachments', id)).toMatchObject({ name: 'last.png' });
  }, 30_000);
});
