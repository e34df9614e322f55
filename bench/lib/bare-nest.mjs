// A bare Nest and Fastify application with one validated POST and one GET: what the framework alone costs.
import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { z } from 'zod';

const Shape = z.strictObject({ input: z.record(z.string(), z.unknown()).default({}) });

class Bare {
  live() {
    return { status: 'ok' };
  }
  post(body) {
    return { stream: 'bare', revision: 1, position: String(Object.keys(Shape.parse(body).input).length) };
  }
}
const method = (name, ...decorators) => {
  for (const decorate of decorators) decorate(Bare.prototype, name, Object.getOwnPropertyDescriptor(Bare.prototype, name));
};
method('live', Get('health/live'));
method('post', Post('post'), HttpCode(200));
Body()(Bare.prototype, 'post', 0);
Controller()(Bare);

class Root {}
Module({ controllers: [Bare] })(Root);

const app = await NestFactory.create(Root, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
