import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '#kernel';
import type { Identity, NewAccount } from '#platform/identity';
import { importRecord, type Platform, RecordFile } from '#platform/runtime';

/** Known to everybody: demo accounts act in the exercise only. */
export const DEMO_PASSWORD = 'try everything out here';

const account = (name: string, personId: string, displayName: string, language: string, grants: NewAccount['grants']): NewAccount => ({
  email: `${name}@demo.example`, personId, displayName, language, exercise: true, grants,
});

export const DEMO_ACCOUNTS: readonly NewAccount[] = [
  account('chair.xa', 'xa-chair', 'Ada Marlowe', 'en', [{ capacity: 'chair', onBehalfOf: 'xa-group' }]),
  account('chair.xb', 'xb-chair', 'Benoît Laurier', 'fr', [{ capacity: 'chair', onBehalfOf: 'xb-group' }]),
  account('chair.xc', 'xc-chair', 'Salma Haddad', 'ar', [{ capacity: 'chair', onBehalfOf: 'xc-group' }]),
  account('chair.xd', 'xd-chair', 'Inés Robledo', 'es', [{ capacity: 'chair', onBehalfOf: 'xd-group' }]),
  account('member.xa', 'xa-member', 'Nora Whitfield', 'en', [{ capacity: 'member', onBehalfOf: 'xa-group' }]),
  account('secretariat.xa', 'xa-secretariat', 'Secretary of group A', 'en', [{ capacity: 'group-secretariat', onBehalfOf: 'xa-group' }]),
  account('network', 'xn-secretariat', 'Registrar of the exercise', 'en', [{ capacity: 'network-secretariat', onBehalfOf: 'exercise' }]),
  account('cochair', 'xn-chair', 'Leila Okoro', 'en', [{ capacity: 'network-chair', onBehalfOf: 'exercise' }]),
  account('observer', 'xn-observer', 'Observer of the exercise', 'en', [{ capacity: 'observer' }]),
  account('auditor', 'xn-auditor', 'Auditor of the exercise', 'en', [{ capacity: 'auditor' }]),
  account('translator.fr', 'xn-translator-fr', 'Mireille Aubert', 'fr', [{ capacity: 'translator' }]),
  account('reviser.fr', 'xn-reviser-fr', 'Hugo Delmas', 'fr', [{ capacity: 'translator' }]),
  account('translator.ar', 'xn-translator-ar', 'Rania Khalil', 'ar', [{ capacity: 'translator' }]),
  account('reviser.ar', 'xn-reviser-ar', 'Ziad Mansour', 'ar', [{ capacity: 'translator' }]),
  account('translator.es', 'xn-translator-es', 'Elena Paredes', 'es', [{ capacity: 'translator' }]),
  account('reviser.es', 'xn-reviser-es', 'Diego Solís', 'es', [{ capacity: 'translator' }]),
];

const RECORDS = ['gpn-2014', 'termbase', 'exercise', 'exercise-languages', 'exercise-translation'];

export function readRecord(path: string): RecordFile {
  return RecordFile.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** The record of 2014, the exercise and its accounts; said twice it changes nothing. */
export async function setUpDemo(platform: Platform, identity: Identity, folder: string): Promise<void> {
  for (const name of RECORDS) await importRecord(platform, readRecord(join(folder, `${name}.json`)));
  for (const input of DEMO_ACCOUNTS) {
    if (await identity.accounts.findByEmail(input.email)) continue;
    const made = await identity.accounts.create(input, { password: DEMO_PASSWORD, anyPassword: true });
    // Another node may be setting up the same.
    if (isRefusal(made) && !(await identity.accounts.findByEmail(input.email))) throw new Error(`the demo account ${input.email} was refused: ${JSON.stringify(made)}`);
  }
}
