import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { SERVICES, type Services } from '../services.js';
import { problem } from './problem.js';

/** The words of the interface, the same files that the server speaks from; and names and formats that browsers may lack. */
@Controller('i18n')
export class I18nController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get('cldr/:file')
  @Header('cache-control', 'public, max-age=3600')
  cldr(@Param('file') file: string): unknown {
    return this.services.i18n.cldr(this.#language(file));
  }

  @Get(':file')
  @Header('cache-control', 'no-cache')
  messages(@Param('file') file: string): unknown {
    const { public: _, ...words } = this.services.i18n.messages(this.#language(file));
    return words;
  }

  #language(file: string): string {
    const lang = file.replace(/\.json$/, '');
    if (!this.services.i18n.languages.includes(lang)) throw problem(404, 'not-found');
    return lang;
  }
}
