import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import type { DataOf } from '#contexts/drafting';
import { applySteps, canonicalText, cellFromText, parseStep } from '#text';
import { problem } from '../http/problem.js';
import { Asking } from '../http/viewer.js';
import { SERVICES, type Services } from '../services.js';
import type { Viewer } from '#platform/identity';
import { Cells, commitMessage } from './cells.js';
import type { CommitMessage } from './protocol.js';

type Entry = { readonly kind: 'opened'; readonly version: number; readonly text: string; readonly by: string; readonly at: string } | ({ readonly kind: 'committed' } & CommitMessage);

/** A live text as it was typed: every commit under its author, for the slider and for whoever audits it. */
@Controller('api/v1/texts')
export class TextsController {
  readonly #cells: Cells;
  constructor(@Inject(SERVICES) services: Services) {
    this.#cells = new Cells(services.platform);
  }

  /** Beginnings, commits and ends in their order. With `at`, an instant, the words as they stood then, and nothing later. */
  @Get(':cell/commits')
  async commits(@Param('cell') cell: string, @Query('at') at: unknown, @Asking() viewer: Viewer) {
    if (at !== undefined && (typeof at !== 'string' || Number.isNaN(Date.parse(at)))) throw problem(422, 'invalid-moment');
    const until = at === undefined ? null : new Date(at as string).toISOString();
    const events = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(cell) ? await this.#cells.history(cell, viewer) : null;
    if (events === null) throw problem(404, 'not-found');
    let doc = cellFromText('');
    const entries = events.filter((e) => until === null || e.meta.recordedAt <= until).flatMap((event): Entry[] => {
      if (event.type === 'ClauseTextOpened') {
        const { text, version } = event.data as DataOf<'ClauseTextOpened'>;
        doc = cellFromText(text);
        return [{ kind: 'opened', version, text, by: event.meta.actor.personId, at: event.meta.recordedAt }];
      }
      if (event.type !== 'ClauseTextCommitted') return [];
      const commit = commitMessage(event);
      doc = applySteps(doc, commit.steps.map(parseStep)) ?? doc;
      return [{ kind: 'committed', ...commit }];
    });
    return { cell, entries, text: canonicalText(doc), doc: doc.toJSON() as unknown };
  }
}
