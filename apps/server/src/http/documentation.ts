import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { Catalogue } from './catalogue.js';
import { openApiOf } from './openapi.js';

/** Swagger UI sets inline styles and HTML of its own; it shows the API and nothing that anybody wrote. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/api/openapi.json` and `.yaml`, and the page to browse it, on which nothing can be sent: acts are given in the workspace or by a program. */
export function serveDocumentation(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, _, done) => {
      if (request.url.startsWith('/api/docs')) void reply.header('content-security-policy', CSP);
      done();
    });
  SwaggerModule.setup('api/docs', app, () => openApiOf(app, app.get(Catalogue)), {
    jsonDocumentUrl: 'api/openapi.json', yamlDocumentUrl: 'api/openapi.yaml',
    swaggerOptions: { supportedSubmitMethods: [], docExpansion: 'none', filter: true, tagsSorter: 'alpha' },
    customSiteTitle: 'Comity API',
  });
}
