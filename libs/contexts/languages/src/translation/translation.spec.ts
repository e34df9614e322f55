import { canonicalText } from '#contexts/statements';
import { idOf, sha256, specify } from '#kernel/testing';
import {
  actors, allAttested, allTranslated, assigned, attested, certified, certifiedText, changed, completed, EN, evidence, FR, happened, IDS, inConcordance, inRevision, inTranslation, knowing, made,
  requested, reviewed, source, submitted, translated,
} from '../fixtures.contract.js';
import { translation } from './translation.js';

const given = specify(translation, { actor: actors.translator, evidence });
const as = (actor: keyof typeof actors, more: object = {}) => ({ actor: actors[actor], ...more });
const NEW = 'Urges all governments to act at once;';
const stale = [...inTranslation, translated('title'), translated('c1'), translated('c2'), changed('c2', NEW)];
const resumed = [...stale, assigned()];

describe('a translation is asked for', () => {
  const input = { docRef: { type: 'statement', id: 's1' }, targetLang: 'fr', status: 'authentic' };
  it('TRN-1 with every clause of the source and its digest', () => given().when('RequestTranslation', input, as('secretariat')).yields(requested()));
  it('by who holds the pen of the document, and by no other member', () => {
    given().when('RequestTranslation', input, as('pen')).yieldsTypes('TranslationRequested');
    given().when('RequestTranslation', input, as('member')).refuses('translation.not-the-penholder');
  });
  it('by the rule that sees a text frozen', () => given().when('RequestTranslation', input, as('system')).yieldsTypes('TranslationRequested'));
  it('takes over, as drafts, what the document has in that language', () => {
    const { outcome } = given().when('RequestTranslation', input, as('secretariat', { evidence: knowing({ segments: source({}, { c2: FR.c2 }) }) }));
    expect(outcome).toMatchObject([{ type: 'TranslationRequested' }, { type: 'SegmentPretranslated', data: { ...made('c2'), origin: 'document', ref: 's1' } }]);
  });
  it('for another language, under its own id, with the status that the document gives it', () => {
    const ask = (over: object, more = evidence) => given().when('RequestTranslation', { ...input, ...over }, as('secretariat', { evidence: more }));
    ask({ targetLang: 'en' }).refuses('translation.same-language');
    ask({}, { ...evidence, ownId: false }).refuses('translation.other-id');
    ask({}, { ...evidence, document: null }).refuses('translation.unknown-document');
    ask({ status: 'courtesy' }).refuses('translation.is-authentic', 'TRN-5');
    ask({ targetLang: 'es' }).refuses('translation.not-authentic', 'TRN-5');
    ask({ targetLang: 'es', status: 'official' }).yieldsTypes('TranslationRequested');
  });
});

describe('who translates', () => {
  it('is assigned by the secretariat, for further roles while it is under way', () => {
    given(requested()).when('AssignTranslator', { personId: 'p-translator', role: 'translator' }, as('secretariat')).yields(assigned());
    given(requested(), assigned()).when('AssignTranslator', { personId: 'p-reviser', role: 'reviser' }, as('secretariat')).yields(assigned('reviser'));
    given(requested(), assigned()).when('AssignTranslator', { personId: 'p-translator', role: 'translator' }, as('secretariat')).changesNothing();
    given(requested()).when('AssignTranslator', { personId: 'p-translator', role: 'translator' }, as('linguist')).refuses('not-permitted');
  });
  it('is assigned anew to what is certified only where that is provisional', () => {
    given(...certified).when('AssignTranslator', { personId: 'p-x', role: 'reviser' }, as('secretariat')).refuses('translation.certified-in-full');
    const provisional = happened('TranslationReleasedProvisionally', { reason: 'r', completeBy: '2026-12-01T12:00:00Z', by: 'p-sec', digest: sha256('x'), sourceRevision: 2, sourceDigest: sha256('x') });
    given(...allTranslated, provisional).when('AssignTranslator', { personId: 'p-reviser', role: 'reviser' }, as('secretariat')).yields(assigned('reviser'));
  });
  it('TRN-7 reads what is under way among groups, by name and nobody else', () => {
    const { state } = given(requested({ reach: 'groups' })).when('AssignTranslator', { personId: 'p-translator', role: 'translator' }, as('secretariat'));
    expect(translation.label(state, assigned())).toEqual({ tlp: 'AMBER', groups: ['g-p'], persons: ['p-translator', 'p-pen'] });
  });
});

describe('drafts of a machine', () => {
  const input = { segmentId: 'c2', sourceDigest: sha256(EN.c2), target: FR.c2, origin: 'mt', engine: 'in-house', external: false, score: 0.7 };
  const draft = happened('SegmentPretranslated', { ...made('c2'), origin: 'mt', engine: 'in-house', external: false, score: 0.7 });
  it('TRN-4 are marked with the engine', () => {
    given(...inTranslation).when('PretranslateSegment', input, as('system')).yields(draft);
    given(...inTranslation).when('PretranslateSegment', { ...input, engine: undefined }, as('system')).refuses('translation.engine-not-named', 'TRN-4');
    given(...inTranslation).when('PretranslateSegment', input).refuses('not-permitted');
  });
  it('TRN-4 never lie over what a human wrote', () => {
    given(...inTranslation, translated('c2', 'Autre texte;')).when('PretranslateSegment', input, as('system')).refuses('translation.already-translated', 'TRN-4');
    given(...inTranslation, draft).when('PretranslateSegment', input, as('system')).changesNothing();
  });
  it('TRN-4 are not revised, nor submitted, before a translator has taken them', () => {
    given(...inTranslation, draft).when('ReviewSegment', { segmentId: 'c2' }, as('reviser')).refuses('translation.segment-not-translated', 'TRN-2');
    given(...inTranslation, translated('title'), translated('c1'), draft).when('SubmitForRevision').refuses('translation.segment-draft', 'TRN-4');
    given(...inTranslation, draft).when('TranslateSegment', { segmentId: 'c2', sourceDigest: sha256(EN.c2), target: FR.c2 }).yields(
      happened('SegmentTranslated', { ...made('c2'), origin: { kind: 'mt', engine: 'in-house', score: 0.7 }, by: 'p-translator' }),
    );
  });
  it('TRN-7 come from no service outside where the text is above GREEN', () => {
    const sensitive = [requested({ reach: 'groups' }), assigned()];
    given(...sensitive).when('PretranslateSegment', { ...input, external: true }, as('system')).refuses('translation.too-sensitive', 'TRN-7');
    given(...sensitive).when('PretranslateSegment', input, as('system')).yieldsTypes('SegmentPretranslated');
    given(...inTranslation).when('PretranslateSegment', { ...input, external: true }, as('system')).yieldsTypes('SegmentPretranslated');
  });
});

describe('a clause is translated', () => {
  const input = { segmentId: 'c2', sourceDigest: sha256(EN.c2), target: FR.c2 };
  it('TRN-1 on the source that the translator has seen', () => {
    given(...inTranslation).when('TranslateSegment', input).yields(translated('c2'));
    given(...inTranslation).when('TranslateSegment', { ...input, sourceDigest: sha256('else') }).refuses('translation.source-moved', 'TRN-1');
    given(...inTranslation).when('TranslateSegment', { ...input, segmentId: 'c9' }).refuses('translation.unknown-segment', 'TRN-1');
    given(...inTranslation).when('TranslateSegment', input, as('reviser')).refuses('not-permitted');
  });
  it('and said twice changes nothing', () => given(...allTranslated).when('TranslateSegment', input).changesNothing());
  it('TRN-2 and revised after that, in other words where they are better', () => {
    given(...inRevision).when('ReviewSegment', { segmentId: 'c2', sourceDigest: sha256(EN.c2) }, as('reviser')).yields(reviewed('c2'));
    given(...inRevision).when('ReviewSegment', { segmentId: 'c2', target: 'Mieux;' }, as('reviser')).yields(
      happened('SegmentReviewed', { segmentId: 'c2', sourceDigest: sha256(EN.c2), targetDigest: sha256('Mieux;'), change: 'Mieux;', by: 'p-reviser' }),
    );
    given(...inRevision, reviewed('c2')).when('ReviewSegment', { segmentId: 'c2' }, as('reviser')).changesNothing();
  });
  it('TRN-3 by another than who translated it', () =>
    given(...inTranslation, assigned('reviser', 'p-translator'), translated('c2')).when('ReviewSegment', { segmentId: 'c2' }).refuses('translation.same-person', 'TRN-3'));
  it('TRN-2 and the whole is submitted once nothing is missing', () => {
    given(...allTranslated).when('SubmitForRevision').yields(submitted);
    given(...inTranslation, translated('c1')).when('SubmitForRevision').refuses('translation.segment-missing', 'TRN-2');
    given(...resumed).when('SubmitForRevision').refuses('translation.segment-stale', 'TRN-1');
  });
  it('and goes back to the translator with a reason', () => {
    given(...inRevision).when('ReturnToTranslator', { reason: 'OP1 is too free.' }, as('reviser')).yields(happened('TranslationReturned', { reason: 'OP1 is too free.' }));
    given(...inRevision).when('ReturnToTranslator', { reason: 'x' }).refuses('not-permitted');
  });
});

describe('questions to the penholder', () => {
  const asked = happened('SourceQueryRaised', { queryId: idOf(0), segmentId: 'c2', question: 'All?', by: 'p-translator' });
  const answered = (sourceToChange: boolean) => happened('SourceQueryAnswered', { queryId: idOf(0), segmentId: 'c2', answer: 'Yes.', sourceToChange, by: 'p-pen' });
  it('are asked of a clause, and once', () => {
    given(...inTranslation).when('QuerySource', { segmentId: 'c2', question: 'All?' }).yields(asked);
    given(...inTranslation, asked).when('QuerySource', { segmentId: 'c2', question: 'All?' }).changesNothing();
    given(...inTranslation).when('QuerySource', { segmentId: 'c9', question: 'All?' }).refuses('translation.unknown-segment');
  });
  it('are answered by who holds the pen now', () => {
    given(...inTranslation, asked).when('AnswerQuery', { queryId: idOf(0), answer: 'Yes.', sourceToChange: false }, as('pen')).yields(answered(false));
    given(...inTranslation, asked).when('AnswerQuery', { queryId: idOf(0), answer: 'Yes.', sourceToChange: false }, as('member')).refuses('not-permitted');
    given(...inTranslation, asked, answered(false)).when('AnswerQuery', { queryId: idOf(0), answer: 'No.', sourceToChange: false }, as('pen')).refuses('translation.query-answered');
    given(...inTranslation).when('AnswerQuery', { queryId: 'q9', answer: 'No.', sourceToChange: false }, as('pen')).refuses('translation.unknown-query');
  });
  it('TRN-5 stand in the way of certification while open, and while a promised change has not come', () => {
    given(...allAttested, asked).when('Certify', {}, as('linguist')).refuses('translation.query-open', 'TRN-5');
    given(...allAttested, asked, answered(true)).when('Certify', {}, as('linguist')).refuses('translation.source-to-change', 'TRN-5');
    given(...allAttested, asked, answered(false)).when('Certify', {}, as('linguist')).yieldsTypes('TranslationCertified');
    given(...allAttested, asked, answered(true)).when('AnswerQuery', { queryId: idOf(0), answer: 'Not after all.', sourceToChange: false }, as('pen')).yieldsTypes('SourceQueryAnswered');
  });
});

describe('the source changes', () => {
  const moved = knowing({ revision: 3, segments: source({ c2: NEW }) });
  it('TRN-1 and only that clause falls behind', () => {
    const { state } = given(...certified).when('MarkStale', {}, as('system', { evidence: moved }));
    expect([state.status, ...state.segments.map((s) => [s.id, s.sourceDigest === s.aligned?.digest])]).toEqual(['stale', ['title', true], ['c1', true], ['c2', false]]);
    given(...certified).when('MarkStale', {}, as('system')).changesNothing();
    given(...certified).when('MarkStale', {}, as('secretariat', { evidence: moved })).refuses('not-permitted');
  });
  it('TRN-1 where nothing was translated yet, nothing falls behind', () =>
    given(...inTranslation, translated('c1')).when('MarkStale', {}, as('system', { evidence: moved })).yields(
      happened('SourceChanged', { ...changed('c2', NEW, []).data, sourceDigest: sha256(`${EN.title}\n\nPP1 ${EN.c1}\n\nOP1 ${NEW}`) } as never),
    ));
  it('and a text that reads again as it did is not behind', () => {
    given(...stale).when('MarkStale', {}, as('system')).yieldsTypes('SourceChanged');
    const { state } = given(...stale).when('MarkStale', {}, as('system'));
    expect(state.segments.every((s) => s.sourceDigest === s.aligned?.digest)).toBe(true);
  });
  it('a clause that is gone takes its questions with it; a finished text of another shape is certified anew', () => {
    const fewer = knowing({ segments: source().slice(0, 2) });
    const { state } = given(...certified, happened('SourceQueryRaised', { queryId: 'q', segmentId: 'c2', question: '?', by: 'p' })).when('MarkStale', {}, as('system', { evidence: fewer }));
    expect([state.status, state.segments.length, state.queries.length, state.certified]).toEqual(['stale', 2, 0, null]);
  });
  it('wider readers and another penholder are told, and nothing is stale', () => {
    const { state, outcome } = given(...certified).when('MarkStale', {}, as('system', { evidence: knowing({ penholders: ['p-other'] }) }));
    expect([state.status, state.penholders, outcome]).toMatchObject(['certified', ['p-other'], [{ data: { staleSegments: [] } }]]);
  });
  it('words that the document has since are taken over where nobody has translated', () => {
    given(...inTranslation).when('MarkStale', {}, as('system', { evidence: knowing({ segments: source({}, { c1: FR.c1 }) }) })).yieldsTypes('SegmentPretranslated');
    given(...allTranslated).when('MarkStale', {}, as('system', { evidence: knowing({ segments: source({}, { c1: 'Autre,' }) }) })).changesNothing();
  });
  it('and those who were assigned go on after one assignment', () => {
    const { state } = given(...stale).when('AssignTranslator', { personId: 'p-translator', role: 'translator' }, as('secretariat'));
    expect(state).toMatchObject({ status: 'inTranslation', translators: ['p-translator'], revisers: ['p-reviser'], linguists: ['p-linguist'] });
  });
  it('TRN-1 the translator may say that the target stands', () => {
    const input = { segmentId: 'c2', sourceDigest: sha256(NEW) };
    given(...resumed).when('ConfirmUnchanged', input).yields(happened('SegmentConfirmedUnchanged', { ...input, source: NEW, by: 'p-translator' }));
    given(...resumed).when('ConfirmUnchanged', { segmentId: 'c2', sourceDigest: sha256(EN.c2) }).refuses('translation.source-moved', 'TRN-1');
    given(...inTranslation).when('ConfirmUnchanged', { segmentId: 'c2', sourceDigest: sha256(EN.c2) }).refuses('translation.segment-not-stale');
    const draft = happened('SegmentPretranslated', { ...made('c2'), origin: 'document' });
    given(...inTranslation, draft, changed('c2', NEW), assigned()).when('ConfirmUnchanged', input).refuses('translation.segment-draft', 'TRN-4');
  });
  it('TRN-1 the penholder may call a change editorial, under his name, and the translator may contest that', () => {
    const input = { segmentId: 'c2', sourceDigest: sha256(NEW), note: 'Emphasis only.' };
    const claimed = happened('SourceChangeDeclaredEditorial', { ...input, by: 'p-pen' });
    given(...stale).when('DeclareEditorial', input, as('pen')).yields(claimed);
    given(...stale, claimed).when('DeclareEditorial', input, as('pen')).changesNothing();
    given(...stale).when('DeclareEditorial', input).refuses('not-permitted');
    given(...allTranslated).when('DeclareEditorial', { ...input, sourceDigest: sha256(EN.c2) }, as('pen')).refuses('translation.segment-not-stale');
    given(...resumed, claimed).when('SubmitForRevision').yields(submitted);
    given(...resumed, claimed).when('ContestEditorial', { segmentId: 'c2', reason: 'It changes the tone.' }).yields(
      happened('EditorialClaimContested', { segmentId: 'c2', sourceDigest: sha256(NEW), reason: 'It changes the tone.', by: 'p-translator' }),
    );
    given(...resumed).when('ContestEditorial', { segmentId: 'c2' }).refuses('translation.not-declared-editorial');
  });
  it('TRN-1 a claim that is contested in concordance takes the text back', () => {
    const claimed = happened('SourceChangeDeclaredEditorial', { segmentId: 'c2', sourceDigest: sha256(NEW), note: 'x', by: 'p-pen' });
    const { state } = given(...resumed, claimed, submitted, ...IDS.map((id) => reviewed(id)), completed).when('ContestEditorial', { segmentId: 'c2' });
    expect(state.status).toBe('stale');
  });
});

describe('concordance', () => {
  it('TRN-2 begins when every clause is revised', () => {
    given(...inRevision, ...IDS.map((id) => reviewed(id))).when('SubmitForConcordance', {}, as('reviser')).yields(completed);
    given(...inRevision, reviewed('c1')).when('SubmitForConcordance', {}, as('reviser')).refuses('translation.segment-not-reviewed', 'TRN-2');
  });
  it('TRN-6 does not begin while a protected term is missing or a word to be avoided stands in its place; the clause is named', () => {
    const with_ = (target: string) => [...inTranslation, translated('title'), translated('c2'), translated('c1', target), submitted, reviewed('title'), reviewed('c2'), reviewed('c1', target)];
    given(...with_('Rappelant le devoir de prévenir les atrocités,')).when('SubmitForConcordance', {}, as('reviser')).refuses('translation.term-missing', 'TRN-6');
    const { outcome } = given(...with_('Rappelant le devoir de prévenir le massacre,')).when('SubmitForConcordance', {}, as('reviser'));
    expect((outcome as unknown as { unmet: object[] }).unmet).toContainEqual({ refused: 'translation.term-avoided', params: { segment: 'PP1', term: 'massacre', wanted: 'génocide' }, rule: 'TRN-6' });
  });
  it('TRN-5 and TRN-6 does not begin while labels, brackets or figures differ from the source', () => {
    const strict = (text: string, target: string) => {
      const made = { segmentId: 'c2', sourceDigest: sha256(text), source: text, target, targetDigest: sha256(target) };
      const past = [...allTranslated, changed('c2', text, []), happened('SegmentTranslated', { ...made, by: 'p-translator' }), submitted, reviewed('title'), reviewed('c1')];
      return given(...past, happened('SegmentReviewed', { segmentId: 'c2', sourceDigest: sha256(text), targetDigest: sha256(target), by: 'p-reviser' })).when('SubmitForConcordance', {}, as('reviser'));
    };
    strict('Marks it TLP:AMBER;', 'La marque TLP:AMBRE;').refuses('translation.label-differs', 'TRN-6');
    strict('Urges [all] governments;', 'Prie tous les gouvernements;').refuses('translation.brackets-differ', 'TRN-5');
    strict('Recalls article 6 of the Convention;', 'Rappelle l’article 7 de la Convention;').refuses('translation.figures-differ', 'TRN-5');
    strict('Marks it TLP:AMBER;', 'La marque TLP:AMBER;').yieldsTypes('RevisionCompleted');
  });
  it('TRN-5 is attested clause by clause, in the words that were read', () => {
    const input = { segmentId: 'c2', sourceDigest: sha256(EN.c2), targetDigest: sha256(FR.c2) };
    given(...inConcordance).when('AttestClause', input, as('linguist')).yields(attested('c2'));
    given(...inConcordance, attested('c2')).when('AttestClause', input, as('reviser')).changesNothing();
    given(...inConcordance).when('AttestClause', { ...input, targetDigest: sha256('else') }, as('linguist')).refuses('translation.other-words', 'TRN-5');
    given(...inConcordance).when('AttestClause', { ...input, sourceDigest: sha256('else') }, as('linguist')).refuses('translation.source-moved', 'TRN-1');
    given(...inConcordance).when('AttestClause', input, as('member')).refuses('not-permitted');
  });
  it('TRN-3 is not attested by who translated the clause', () =>
    given(...inConcordance).when('AttestClause', { segmentId: 'c2', sourceDigest: sha256(EN.c2), targetDigest: sha256(FR.c2) }).refuses('translation.same-person', 'TRN-3'));
  it('TRN-5 ends with a certificate over exactly the text that the document digests', () => {
    given(...allAttested).when('Certify', {}, as('linguist')).yields(certified.at(-1)!);
    const clauses = [{ id: 'c1', section: 'preambular' as const, text: { en: EN.c1, fr: FR.c1 }, stale: [] }, { id: 'c2', section: 'operative' as const, text: { en: EN.c2, fr: FR.c2 }, stale: [] }];
    expect(canonicalText({ subject: { en: EN.title, fr: FR.title }, leadLanguage: 'en', languages: ['en', 'fr'], clauses }, 'fr')).toBe(certifiedText);
  });
  it('TRN-5 is refused with every unmet condition at once', () => {
    const open = happened('SourceQueryRaised', { queryId: 'q', segmentId: 'c1', question: '?', by: 'p' });
    const { outcome } = given(...inConcordance, attested('c1'), open).when('Certify', {}, as('linguist', { evidence: { ...evidence, versions: [{ lang: 'ar', status: 'inRevision', legalStatus: 'authentic' }] } }));
    expect(outcome).toMatchObject({ refused: 'several-conditions' });
    expect((outcome as unknown as { unmet: { refused: string; params: object }[] }).unmet.map((r) => [r.refused, ...Object.values(r.params)])).toEqual([
      ['translation.segment-not-attested', 'title'], ['translation.segment-not-attested', 'OP1'], ['translation.query-open', 'PP1'], ['translation.not-in-concordance', 'ar'],
    ]);
  });
  it('TRN-5 asks no concordance of an official or a courtesy text', () => {
    const courtesy = allAttested.map((e) => (e.type === 'TranslationRequested' ? requested({ status: 'courtesy' }) : e));
    const { outcome } = given(...courtesy).when('Certify', {}, as('linguist', { evidence: { ...evidence, versions: [] } }));
    expect(outcome).toMatchObject([{ data: { concordantWith: [] } }]);
  });
  it('TRN-1 is refused where the source has moved on and no rule has told of it yet', () =>
    given(...allAttested).when('Certify', {}, as('linguist', { evidence: knowing({ segments: source({ c2: NEW }) }) })).refuses('translation.source-changing', 'TRN-1'));
});

describe('in a crisis', () => {
  const input = { reason: 'Only one translator could be reached.', completeBy: '2026-11-25T09:00:00Z' };
  const crisis = knowing({ crisis: true });
  it('TRN-3 one pair of eyes may do, and the text is marked provisional', () => {
    const { state } = given(...allTranslated).when('CertifyProvisionally', input, as('secretariat', { evidence: crisis }));
    expect(state).toMatchObject({ status: 'certified', provisional: { completeBy: input.completeBy } });
    given(...allTranslated).when('CertifyProvisionally', input, as('secretariat')).refuses('translation.no-crisis', 'TRN-3');
  });
  it('TRN-4 nothing that no human answers for goes out, nor anything stale', () => {
    given(...resumed).when('CertifyProvisionally', input, as('secretariat', { evidence: knowing({ crisis: true, segments: source({ c2: NEW }) }) })).refuses('translation.segment-stale', 'TRN-1');
    given(...inTranslation).when('CertifyProvisionally', input, as('secretariat', { evidence: crisis })).refuses('translation.segment-missing', 'TRN-2');
  });
  it('it is to be completed later than now', () =>
    given(...allTranslated).when('CertifyProvisionally', { ...input, completeBy: '2026-11-20T09:00:00Z' }, as('secretariat', { evidence: crisis })).refuses('translation.complete-by-past'));
});

describe('a file of a translator’s tool', () => {
  const line = (id: keyof typeof EN, over: object = {}) => ({ segmentId: id, sourceDigest: sha256(EN[id]), target: FR[id], approved: true, ...over });
  const file = (...segments: object[]) => ({ fileDigest: sha256('file'), fileName: 's1-fr.xlf', segments });
  it('TRN-2 is one act under the name of who brings it', () =>
    given(...inTranslation, translated('title')).when('ImportXliff', file(line('title'), line('c1'), line('c2', { sourceDigest: sha256('before') }))).yields(
      happened('XliffImported', { fileDigest: sha256('file'), fileName: 's1-fr.xlf', changed: [{ ...made('c1'), approved: true }], rejected: ['c2'], by: 'p-translator' }),
    ));
  it('TRN-4 what the tool does not call approved stays a draft', () => {
    const { state } = given(...inTranslation).when('ImportXliff', file(line('c1', { approved: false }), line('c2')));
    expect(state.segments.map((s) => s.level)).toEqual(['draft', 'draft', 'translated']);
  });
  it('of another document, or wholly of an older source, is refused; said twice it changes nothing', () => {
    given(...inTranslation).when('ImportXliff', file({ ...line('c1'), segmentId: 'c9' })).refuses('translation.unknown-segment');
    given(...inTranslation).when('ImportXliff', file(line('c1', { sourceDigest: sha256('before') }))).refuses('translation.file-behind');
    given(...allTranslated).when('ImportXliff', file(line('c1'), line('c2'))).changesNothing();
  });
});

it('a translation that nobody needs any more is cancelled by the secretariat', () => {
  given(...inTranslation).when('CancelTranslation', { reason: 'Given up.' }, as('secretariat')).yields(happened('TranslationCancelled', { reason: 'Given up.' }));
  given(...certified).when('CancelTranslation', { reason: 'Given up.' }, as('secretariat')).refuses('illegal-transition');
});
