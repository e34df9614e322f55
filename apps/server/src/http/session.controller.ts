import { Body, Controller, Delete, Get, HttpCode, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { isRefusal } from '#kernel';
import { LANGUAGE_TAGS } from '#platform/i18n';
import { clearedCookie, csrfToken, foldEmail, sessionCookie, type Viewer } from '#platform/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SERVICES, type Services } from '../services.js';
import { Problem, problem } from './problem.js';
import { Asking, Lang } from './viewer.js';

const Credentials = z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(256) });
const Setting = z.strictObject({ language: z.enum(LANGUAGE_TAGS) });

interface Me {
  readonly account: null | {
    readonly email: string;
    readonly personId: string;
    readonly displayName: string;
    readonly language: string;
    readonly exercise: boolean;
    readonly grants: readonly { readonly capacity: string; readonly onBehalfOf?: string | undefined }[];
  };
  /** To be sent with every mutation. */
  readonly csrf: string | null;
  readonly language: string;
  readonly demo: boolean;
}

@Controller('api/v1/session')
export class SessionController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get()
  async me(@Asking() viewer: Viewer, @Lang() language: string, @Req() request: FastifyRequest): Promise<Me> {
    const signedIn = await this.services.identity.authenticate(request.headers);
    const token = signedIn === null || signedIn === 'ended' ? null : signedIn.token;
    return this.#me(viewer, language, token);
  }

  @Post()
  @HttpCode(200)
  async signIn(
    @Body({ schema: Credentials }) { email, password }: z.output<typeof Credentials>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Me> {
    const { identity, config } = this.services;
    const key = `${request.ip} ${foldEmail(email)}`;
    const attempt = await identity.failedSignIns.begin(key);
    if (!attempt.heard) throw problem(429, 'rate-limited', {}, { 'retry-after': String(attempt.retryAfter) });
    const opened = await identity.signIn(email, password, request.headers['user-agent']);
    if (isRefusal(opened)) {
      const busy = opened.refused === 'sign-in-busy';
      if (busy) await identity.failedSignIns.withdraw(attempt.attemptId);
      throw new Problem(busy ? 429 : 401, opened, busy ? { 'retry-after': '2' } : {});
    }
    await identity.failedSignIns.succeeded(key);
    void reply.header('set-cookie', sessionCookie(opened.token, config.publicUrl));
    return this.#me({ account: opened.account } as Viewer, opened.account.language, opened.token);
  }

  @Delete()
  @HttpCode(204)
  async signOut(@Asking() { session }: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (session) await this.services.identity.sessions.revoke(session.sessionId, 'signed-out');
    void reply.header('set-cookie', clearedCookie(this.services.config.publicUrl));
  }

  /** The language of the interface, kept with the account. */
  @Patch()
  @HttpCode(204)
  async setLanguage(@Body({ schema: Setting }) { language }: z.output<typeof Setting>, @Asking() { account }: Viewer): Promise<void> {
    if (account === null) throw problem(401, 'unauthenticated');
    const done = await this.services.identity.accounts.setLanguage(account.accountId, language);
    if (isRefusal(done)) throw new Problem(422, done);
  }

  /** Good once, for 30 s, to open a socket with. */
  @Post('ticket')
  @HttpCode(200)
  async ticket(@Asking() { session }: Viewer): Promise<{ ticket: string }> {
    if (session === null) throw problem(401, 'unauthenticated');
    const { ticket } = await this.services.identity.tickets.issue(session.sessionId);
    return { ticket };
  }

  #me({ account }: Pick<Viewer, 'account'>, language: string, token: string | null): Me {
    return {
      account: account && {
        email: account.email, personId: account.personId, displayName: account.displayName, language: account.language,
        exercise: account.exercise, grants: account.grants,
      },
      csrf: token === null ? null : csrfToken(token),
      language,
      demo: this.services.config.COMITY_DEMO === 'on',
    };
  }
}
