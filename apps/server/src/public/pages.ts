import { type Multilingual, type Row } from '#kernel';
import type { MouDoc } from '#contexts/agreements';
import type { GroupDoc, ParliamentDoc } from '#contexts/directory';
import type { MeetingDoc, MembershipDoc, NetworkDoc } from '#contexts/governance';
import type { StatementDoc } from '#contexts/statements';
import { directionOf, LANGUAGE_TAGS, type Shape } from '#platform/i18n';
import { LiveFeed } from '#platform/live';
import type { Activity } from '#platform/views';
import { z } from 'zod';
import type { Services } from '../services.js';
import type { Rendered } from './answers.js';
import { ASSETS } from './assets.js';
import { download, DOWNLOADS } from './downloads.js';
import { atom, calendar } from './feeds.js';
import { layout, type Page, type Site } from './layout.js';
import { homePage } from './pages/home.js';
import { memorandaPage, memorandumPage, mouStreams } from './pages/memoranda.js';
import { networkPage, type NetworkRead } from './pages/network.js';
import { type Filter, registerPage, streamsOf } from './pages/register.js';
import { embedPage, names, type Shown, statementPage, textLanguage } from './pages/statement.js';
import { timelinePage, TOLD } from './pages/timeline.js';
import { commitmentsPage, result, verifyPage } from './pages/verify.js';
import { PublicReading, PUBLIC_STATES, versionName } from './reading.js';
import { RecordIndex } from './record-index.js';
import type { Submitted } from './verify/form.js';
import { verify } from './verify/verdict.js';
import { Voice } from './voice.js';

/** Seconds: of a page that changes with the record; of one whose text stays and whose notices may come. */
const [FRESH, LASTING] = [60, 3_600];
const MOST_TOLD = 5_000;

/** Every page of the public site, from what anybody may read. */
export class Pages {
  readonly #reading: PublicReading;
  readonly #index: RecordIndex;
  readonly #feed: LiveFeed;
  readonly #voices = new Map<string, Voice>();
  readonly #shapes: Readonly<Record<string, Shape>>;

  constructor(private readonly services: Services) {
    const { platform, log } = services;
    this.#reading = new PublicReading(platform);
    this.#index = new RecordIndex(platform, this.#reading);
    this.#feed = new LiveFeed(platform.registry, platform.views, platform.runner, (err) => log.error({ err }, 'the public site'));
    this.#shapes = Object.fromEntries(
      platform.registry.aggregates.flatMap(({ events }) =>
        events.names.filter((name) => TOLD.includes(name)).map((name) => [name, z.toJSONSchema(events.schema(name) as z.ZodType, { io: 'output', unrepresentable: 'any' }) as Shape]),
      ),
    );
  }

  /** Pages made at one version are the same. */
  version(): Promise<string> {
    return this.#index.refresh();
  }
  voice(lang: string): Voice {
    let found = this.#voices.get(lang);
    if (found === undefined) this.#voices.set(lang, (found = new Voice(this.services.i18n, lang)));
    return found;
  }
  siteOf(name: string | null): Site {
    return { origin: this.services.config.publicUrl.replace(/\/$/, ''), name };
  }
  async #site(voice: Voice): Promise<Site> {
    const network = await this.#network();
    return this.siteOf(network === null ? null : voice.said(network.doc.names).text);
  }
  async #network(): Promise<Row<NetworkDoc> | null> {
    const rows = await this.#reading.reader.rows<NetworkDoc>('networks', {}, { limit: 20 });
    return rows.find(({ doc }) => doc.status !== 'dissolved') ?? rows[0] ?? null;
  }
  async #rendered(lang: string, page: Page, maxAge = FRESH): Promise<Rendered> {
    const voice = this.voice(lang);
    return { body: layout(voice, await this.#site(voice), page).text, type: 'text/html; charset=utf-8', lang, maxAge };
  }
  async #mous(): Promise<readonly Row<MouDoc>[]> {
    const rows = await this.#reading.reader.rows<MouDoc>('mous', {}, { limit: null });
    return rows.toSorted((a, b) => (b.doc.signedOn ?? '').localeCompare(a.doc.signedOn ?? ''));
  }
  async #networkRead(): Promise<NetworkRead> {
    const { reader } = this.#reading;
    const all = { limit: null };
    const [network, parliaments, groups, memberships] = await Promise.all([
      this.#network(), reader.rows<ParliamentDoc>('parliaments', {}, all), reader.rows<GroupDoc>('groups', {}, all), reader.rows<MembershipDoc>('memberships', {}, all),
    ]);
    return { network, parliaments, groups, memberships };
  }

  async home(lang: string): Promise<Rendered> {
    const voice = this.voice(lang);
    const { entries } = this.#index;
    const [site, mous, network] = await Promise.all([this.#site(voice), this.#mous(), this.#networkRead()]);
    const known = await this.#reading.names([...streamsOf(entries.slice(0, 5)), ...mouStreams(mous.slice(0, 3).map(({ doc }) => doc))]);
    return this.#rendered(lang, homePage(voice, site, { entries, mous, network, names: known }));
  }
  async register(lang: string, filter: Filter): Promise<Rendered> {
    const { entries } = this.#index;
    return this.#rendered(lang, registerPage(this.voice(lang), entries, filter, await this.#reading.names(streamsOf(entries))));
  }

  /** @param version `r3`, `r3-c1`, `r3.pdf`; null: the newest text. @param asked language of the text */
  async statement(lang: string, id: string, version: string | null, asked?: string): Promise<Rendered | null> {
    const [, name, format] = /^(r\d{1,9}(?:-c\d{1,4})?)(?:\.([a-z.]+))?$/.exec(version ?? '') ?? [];
    if (version !== null && name === undefined) return null;
    const shown = await this.#shown(lang, id, name ?? null, asked);
    if (shown === null) return null;
    if (format !== undefined) return download(shown, format, this.services, this.#reading);
    const voice = this.voice(lang);
    return this.#rendered(lang, statementPage(voice, await this.#site(voice), shown, LANGUAGE_TAGS), version === null ? FRESH : LASTING);
  }
  async #shown(lang: string, id: string, name: string | null, asked?: string): Promise<Shown | null> {
    const statement = await this.#reading.statement(id);
    const text = statement?.texts.find((t) => name === null || versionName(t) === name);
    if (!statement || !text) return null;
    return { statement, text, lang: textLanguage(text, lang, asked), names: await names(this.#reading, statement), pinned: name !== null, endings: DOWNLOADS };
  }
  async embed(lang: string, id: string): Promise<Rendered | null> {
    const shown = await this.#shown(lang, id, null);
    return shown && { body: embedPage(this.voice(lang), this.siteOf(null), shown, ASSETS.css).text, type: 'text/html; charset=utf-8', lang, maxAge: FRESH, framed: true };
  }

  async memoranda(lang: string): Promise<Rendered> {
    const rows = await this.#mous();
    return this.#rendered(lang, memorandaPage(this.voice(lang), rows, await this.#reading.names(mouStreams(rows.map(({ doc }) => doc)))));
  }
  async memorandum(lang: string, id: string): Promise<Rendered | null> {
    const row = await this.#reading.reader.row<MouDoc>('mous', id);
    return row && this.#rendered(lang, memorandumPage(this.voice(lang), row, await this.#reading.names(mouStreams([row.doc]))));
  }
  async network(lang: string): Promise<Rendered> {
    return this.#rendered(lang, networkPage(this.voice(lang), await this.#networkRead()));
  }
  async timeline(lang: string, page: number): Promise<Rendered> {
    const { reader } = this.#reading;
    const rows: Row<Activity>[] = [];
    for (let after: string | null | undefined; after !== null && rows.length < MOST_TOLD; ) {
      const found = await reader.list<Activity>('activity', { type: TOLD }, { limit: 500, sort: '-key', ...(after === undefined ? {} : { after }) });
      rows.push(...found.rows);
      after = found.next;
    }
    const known: Readonly<Record<string, Multilingual>> = await this.#feed.names(reader, rows);
    return this.#rendered(lang, timelinePage(this.voice(lang), this.services.i18n, rows, known, this.#shapes, page));
  }

  async commitments(lang: string): Promise<Rendered> {
    return this.#rendered(lang, commitmentsPage(this.voice(lang), (await this.#reading.commitments()).map(({ doc }) => doc)));
  }
  /** The form; with a digest in the address, its answer. */
  verify(lang: string, digest?: string): Promise<Rendered> {
    return digest === undefined ? this.#rendered(lang, verifyPage(this.voice(lang), null)) : this.verified(lang, { text: '', digest, file: null });
  }
  async verified(lang: string, submitted: Submitted): Promise<Rendered> {
    const voice = this.voice(lang);
    const sections = (tag: string) => ['preambular', 'operative', 'annex'].map((s) => this.voice(LANGUAGE_TAGS.includes(tag) ? tag : lang).word(`value.section.${s}`, 'statements'));
    const verdict = await verify(submitted, this.#reading, this.#index, sections);
    const known = 'statement' in verdict ? await names(this.#reading, verdict.statement) : {};
    return this.#rendered(lang, verifyPage(voice, result(voice, verdict, known, directionOf), submitted.text, submitted.digest), 0);
  }

  async atom(lang: string): Promise<Rendered> {
    const voice = this.voice(lang);
    const { entries } = this.#index;
    const body = atom(voice, await this.#site(voice), entries, await this.#reading.names(streamsOf(entries.slice(0, 50))));
    return { body, type: 'application/atom+xml; charset=utf-8', lang, maxAge: FRESH };
  }
  async calendar(lang: string): Promise<Rendered> {
    const voice = this.voice(lang);
    const { reader } = this.#reading;
    const [site, statements, mous, meetings, commitments] = await Promise.all([
      this.#site(voice), reader.rows<StatementDoc>('statements', { status: PUBLIC_STATES }, { limit: null }), this.#mous(), reader.rows<MeetingDoc>('meetings', { status: ['convened', 'cancelled'] }, { limit: null }), this.#reading.commitments(),
    ]);
    return { body: calendar(voice, site, { statements, mous, meetings, commitments: commitments.map(({ doc }) => doc) }), type: 'text/calendar; charset=utf-8', lang, maxAge: FRESH };
  }
}
