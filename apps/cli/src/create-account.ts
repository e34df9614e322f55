import { Capacity, isRefusal } from '#kernel';
import { type Database, LocalSignals, PostgresDatabase } from '#platform/database';
import { Identity, openIdentityDatabase } from '#platform/identity';
import { openI18n } from '../../server/src/open-i18n.js';
import { Failure, Misuse, needed, type Subcommand, text } from './command.js';
import { clusterOf, holding, quiet } from './folder.js';
import { assertLanguage } from './language.js';
import { askPassword, passwordFrom } from './password.js';
import { refusalIn } from './refusal.js';
import { write } from './terminal.js';

const CAPACITIES: readonly string[] = Capacity.exclude(['system']).options;
/** Under which option each field was given. */
const OPTION_OF = {
  email: '--email',
  displayName: '--name',
  personId: '--person',
  language: '--language',
  'grants.0.onBehalfOf': '--for',
};

export const createAccount: Subcommand = {
  name: 'create-account',
  operands: [],
  summary: 'makes an account with which a person can sign in; the password is asked for',
  options: {
    email: { type: 'string', value: '<address>', summary: 'with which the person signs in' },
    name: { type: 'string', value: '<name>', summary: 'as it is shown' },
    person: { type: 'string', value: '<id>', summary: 'who it is in the record' },
    language: { type: 'string', value: '<tag>', summary: 'of the interface; otherwise yours' },
    capacity: { type: 'string', value: '<capacity>', summary: CAPACITIES.join(', ') },
    for: { type: 'string', value: '<id>', summary: 'the group, partner or network for which the person acts' },
    exercise: { type: 'boolean', summary: 'an account that acts in exercises only' },
    'password-stdin': { type: 'boolean', summary: 'reads the password from standard input instead of asking' },
  },
  run: async ({ folder, config, lang, terminal, options }) => {
    const onBehalfOf = text(options, 'for');
    const capacity = needed(options, 'capacity');
    const language = text(options, 'language');
    const account = {
      email: needed(options, 'email'),
      displayName: needed(options, 'name'),
      personId: needed(options, 'person'),
      language: language ?? lang,
      exercise: options['exercise'] === true,
      grants: [{ capacity, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }],
    };
    if (!CAPACITIES.includes(capacity)) throw new Misuse(`--capacity: there is no ${capacity}; there are ${CAPACITIES.join(', ')}`);
    if (language !== undefined) assertLanguage('language', language);
    const password = options['password-stdin'] === true ? await passwordFrom(terminal.in) : await askPassword(terminal);
    const create = async (database: Database) => {
      let identity: Identity | undefined;
      try {
        // What is made here ends no session: there is nothing to tell other nodes.
        identity = await Identity.open({ database, signals: new LocalSignals(), publicUrl: config.publicUrl });
        const made = await identity.accounts.create(account, { password });
        if (isRefusal(made)) throw new Failure(refusalIn(openI18n(quiet), lang, made, OPTION_OF));
        await write(terminal.out, `${made.email}: ${made.accountId}\n`);
      } finally {
        await identity?.close();
        await database.close();
      }
    };
    const cluster = clusterOf(config);
    if (cluster) await create(await PostgresDatabase.open({ url: cluster.postgres }));
    else await holding(folder, () => create(openIdentityDatabase(folder)));
  },
};
