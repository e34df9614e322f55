import { specify } from '#kernel/testing';
import type { Designation, TermEvent } from './events.js';
import { type TermEvidence, termEntry } from './term.js';

const linguist = { personId: 'p-linguist', capacity: 'translator' } as const;
const free: TermEvidence = { taken: [], replacement: null };
const given = specify(termEntry, { actor: linguist, evidence: free });
const word = (lang: string, term: string, status: Designation['status'] = 'preferred'): Designation => ({ lang, term, status, source: 'UNTERM' });
const designations = [word('en', 'genocide'), word('fr', 'génocide'), word('fr', 'massacre', 'avoid')];
const proposed: TermEvent = { type: 'TermProposed', data: { conceptId: 'genocide', domain: 'crimes', designations, protected: true } };
const approved: TermEvent = { type: 'TermApproved', data: { by: 'p-linguist' } };

describe('a term', () => {
  it('TRM-1 is one concept with words in many languages, each with its status and source', () => {
    given().when('ProposeTerm', proposed.data).yields(proposed);
    expect(() => given().when('ProposeTerm', { ...proposed.data as object, designations: [{ lang: 'en', term: 'genocide', status: 'preferred' }] })).toThrow();
  });
  it('TRM-1 has one preferred word in each language, and none twice', () => {
    given().when('ProposeTerm', { ...proposed.data as object, designations: [word('en', 'genocide'), word('en', 'crime of genocide')] }).refuses('term.two-preferred', 'TRM-1');
    given().when('ProposeTerm', { ...proposed.data as object, designations: [word('en', 'genocide'), word('en', 'Genocide', 'avoid')] }).refuses('term.designation-twice', 'TRM-1');
  });
  it('TRM-2 is approved where its preferred words stand for no other concept of the domain', () => {
    given(proposed).when('ApproveTerm').yields(approved);
    given(proposed).when('ApproveTerm', {}, { evidence: { ...free, taken: [{ lang: 'fr', term: 'Génocide' }] } }).refuses('term.designation-taken', 'TRM-2');
    given(proposed).when('ApproveTerm', {}, { evidence: { ...free, taken: [{ lang: 'fr', term: 'massacre' }] } }).yields(approved);
  });
  it('TRM-2 is revised by the same rules', () => {
    const revised = [...designations, word('es', 'genocidio')];
    given(proposed, approved).when('ReviseTerm', { designations: revised }).yields({ type: 'TermRevised', data: { designations: revised } });
    given(proposed, approved).when('ReviseTerm', { designations }).changesNothing();
    given(proposed, approved).when('ReviseTerm', { designations: revised }, { evidence: { ...free, taken: [{ lang: 'es', term: 'genocidio' }] } }).refuses('term.designation-taken', 'TRM-2');
  });
  it('is deprecated, for another that is in force', () => {
    given(proposed, approved).when('DeprecateTerm').yields({ type: 'TermDeprecated', data: {} });
    given(proposed, approved).when('DeprecateTerm', { replacedBy: 't2' }).refuses('term.no-replacement');
    given(proposed, approved).when('DeprecateTerm', { replacedBy: 't2' }, { evidence: { ...free, replacement: 'approved' } }).yields({ type: 'TermDeprecated', data: { replacedBy: 't2' } });
  });
  it('is the linguist’s', () => given().when('ProposeTerm', proposed.data, { actor: { personId: 'p', capacity: 'member', onBehalfOf: 'g' } }).refuses('not-permitted'));
});
