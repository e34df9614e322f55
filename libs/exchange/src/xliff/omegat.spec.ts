import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTmx } from '../tmx/tmx.js';
import { compareTranslation } from './compare.js';
import { readXliff } from './read.js';
import { declaration, must, segment, sha256, translation } from './sample.contract.js';
import { writeXliff12 } from './write.js';

const OMEGAT = ['/usr/bin/omegat', '/usr/local/bin/omegat'].find((path) => existsSync(path));
if (OMEGAT === undefined) process.stderr.write('OmegaT is not on this machine; the round trip through it is skipped\n');

const SETTINGS = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><source_dir_excludes/><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang><target_lang>TARGET</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok><target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>`;

/** Puts a file and a memory into a project of its own, has it translated, and gives what OmegaT wrote. */
function translate(xliff: string, tmx: string, lang: string): Uint8Array {
  const project = mkdtempSync(join(tmpdir(), 'comity-omegat-'));
  try {
    for (const folder of ['source', 'target', 'tm/auto', 'glossary', 'omegat', 'dictionary']) mkdirSync(join(project, folder), { recursive: true });
    writeFileSync(join(project, 'omegat.project'), SETTINGS.replace('TARGET', lang.toUpperCase()));
    writeFileSync(join(project, 'source/statement.xlf'), xliff);
    writeFileSync(join(project, 'tm/auto/comity.tmx'), tmx);
    const home = join(project, 'home');
    mkdirSync(home);
    // As a translator sets it once: codes of foreign memories are read (Options, TMX level 2). Without it clauses with brackets are similar, not the same.
    writeFileSync(join(home, 'omegat.prefs'), '<?xml version="1.0" encoding="UTF-8" ?><omegat><preference version="1.0"><ext_tmx_show_level2>true</ext_tmx_show_level2></preference></omegat>');
    const ran = spawnSync(OMEGAT!, ['--mode=console-translate', '--quiet', '--disable-project-locking', '--disable-location-save', '--no-team', `--config-dir=${home}`, project], {
      encoding: 'utf8', timeout: 55_000, env: { ...process.env, HOME: home, JAVA_TOOL_OPTIONS: `-Djava.awt.headless=true -Duser.home=${home}` },
    });
    if (ran.status !== 0) throw new Error(`OmegaT: ${ran.status ?? ran.signal ?? ''} ${ran.stderr.slice(-2000)}`);
    return readFileSync(join(project, 'target/statement.xlf'));
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

(OMEGAT === undefined ? describe.skip : describe)('a file that OmegaT has translated from our memory', () => {
  it.each(['fr', 'ar', 'km'])('comes back right, by digest: %s', (lang) => {
    const [sources, targets] = [declaration('en'), declaration(lang)];
    const bracketed = { source: 'Urges [all States [and others]] to act, in 2006 & after;', target: `${targets[0]!} [a [b]] 2006 ;` };
    const known = [...sources.map((source, i) => ({ source, target: targets[i]! })).slice(0, 49), bracketed];
    const asked = translation([...known.map(({ source }, i) => segment(`a${i}`, source)), segment('last', 'No memory knows this clause.'), segment('done', 'This one is done <here>.', 'Déjà fait <ici>.', 'reviewed')], { targetLang: lang });
    const tmx = must(writeTmx({ sourceLang: 'en', units: known.map(({ source, target }, i) => ({ id: `u${i}`, texts: { en: source, [lang]: target }, at: '2026-11-30T00:00:00Z', origin: 'The Declaration' })) }, { brackets: 'codes' }));
    const back = must(readXliff(translate(must(writeXliff12(asked)), tmx, lang)));
    expect(back.units.map((u) => [u.segmentId, sha256(u.source.text), u.sourceDigest])).toEqual(asked.segments.map((s) => [s.id, sha256(s.source), s.sourceDigest]));
    expect(back.units.map((u) => (u.target === null ? null : sha256(u.target.text)))).toEqual([...known.map(({ target }) => sha256(target)), null, sha256('Déjà fait <ici>.')]);
    const compared = compareTranslation(back, asked, sha256);
    expect(compared.map((c) => c.status)).toEqual([...known.map(() => 'new'), 'same', 'same']);
    expect(compared.flatMap((c) => c.findings.filter((f) => f.kind === 'brackets'))).toEqual([]);
    expect(compared.flatMap((c) => c.foreign)).toEqual([]);
  }, 60_000);
});
