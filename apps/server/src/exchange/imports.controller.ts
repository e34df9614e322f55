import { Controller, HttpCode, Post, Query } from '@nestjs/common';
import { isRefusal } from '#kernel';
import { OPENING_VERBS } from '#contexts/statements';
import { clausesFromDocx, clausesFromText, type ProposedText } from '#exchange';
import type { Viewer } from '#platform/identity';
import { Problem, problem } from '../http/problem.js';
import { RawBody, type UploadedFile } from '../http/uploads.js';
import { Asking } from '../http/viewer.js';

const LANG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

/** Files as proposals for somebody to look at: nothing is recorded here. */
@Controller('api/v1/imports')
export class ImportsController {
  /** Clauses of a DOCX or of plain text in UTF-8; what it is shows in its first bytes, not in its name. `lang`: its language, for the opening verbs. */
  @Post('clauses')
  @HttpCode(200)
  async clauses(@RawBody() { bytes }: UploadedFile, @Query('lang') asked: unknown, @Asking() viewer: Viewer): Promise<ProposedText> {
    if (viewer.account === null) throw problem(401, 'unauthenticated');
    if (asked !== undefined && (typeof asked !== 'string' || !LANG.test(asked))) throw problem(422, 'exchange.unknown-language', { lang: '?' });
    const lang = asked as string | undefined;
    const text = textOf(bytes);
    const found = text === null ? await clausesFromDocx(bytes, OPENING_VERBS, lang) : clausesFromText(text, OPENING_VERBS, lang);
    if (isRefusal(found)) throw new Problem(422, found);
    return found;
  }
}

/** Text in UTF-8 without controls other than line ends and tabs; else null. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\p{Cc}--[\n\r\t\f]]/v.test(text) ? null : text;
  } catch {
    return null;
  }
}
